package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How it is found out whether a container sends trailers. */
final class TrailerSupportTest {

  @Test
  void t8_aContainerThatLeavesTheDefaultMethodSendsNone() {
    assertThat(TrailerSupport.overrides(Silent.class)).isFalse();
  }

  @Test
  void t8_aContainerWithAMethodOfItsOwnSendsThem() {
    assertThat(TrailerSupport.overrides(Sending.class)).isTrue();
    assertThat(TrailerSupport.overrides(MoreThanSending.class)).isTrue();
    assertThat(TrailerSupport.overrides(HttpServletResponseWrapper.class)).isTrue();
  }

  private abstract static class Silent implements HttpServletResponse {}

  private abstract static class Sending implements HttpServletResponse {
    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {}
  }

  private abstract static class MoreThanSending extends Sending {}
}
