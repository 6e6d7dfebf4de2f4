package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of the sources of addresses counts. */
final class ServletAddressesTest {

  private static final String CONFIGURED = "http://shop.example:80";
  private static final String TOLD = "http://127.0.0.1:8080";

  private final HttpServletRequest request =
      Stubs.request(Map.of("getLocalAddr", "::1", "getLocalPort", 81));
  private final List<String> told = new ArrayList<>();
  private int asked;

  @Test
  void s30_withoutAnyTheFirstRequestTells() {
    ServletAddresses addresses = addresses();
    assertThat(addresses.addresses()).isEmpty();
    addresses.learn(request);
    assertThat(addresses.addresses()).containsExactly("http://[::1]:81");
  }

  @Test
  void s30_whatTheContainerTellsCountsMost() {
    told.add(TOLD);
    assertThat(addresses(CONFIGURED).addresses()).containsExactly(TOLD);

    ServletAddresses addresses = addresses();
    addresses.learn(request);
    assertThat(addresses.addresses()).containsExactly(TOLD);
  }

  @Test
  void s30_theContainerIsAskedUntilItTells() {
    ServletAddresses addresses = addresses(CONFIGURED);
    assertThat(addresses.addresses()).containsExactly(CONFIGURED);
    told.add(TOLD);
    assertThat(addresses.addresses()).containsExactly(TOLD);
    assertThat(addresses.addresses()).containsExactly(TOLD);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void s30_requestsAskOnce() {
    ServletAddresses addresses = addresses(CONFIGURED);
    addresses.learn(request);
    addresses.learn(request);
    assertThat(asked).isOne();
  }

  @Test
  void s30_nobodyChangesThem() {
    for (ServletAddresses addresses : List.of(addresses(), addresses(CONFIGURED))) {
      assertThatThrownBy(() -> addresses.addresses().add("http://other"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private ServletAddresses addresses(String... configured) {
    return new ServletAddresses(
        List.of(configured),
        () -> {
          asked++;
          return told;
        });
  }
}
