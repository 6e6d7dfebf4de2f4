package org.pipebridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of a server, before and after its start (F49, E7). */
final class ServerAddressesTest {

  private final ServerAddresses feature = new ServerAddresses();

  @Test
  void s20_theCollectionIsEmptyAndCanBeChangedBeforeTheStart() {
    Collection<String> addresses = feature.addresses();
    assertThat(addresses).isEmpty();

    addresses.add("http://a:1");
    addresses.addAll(List.of("http://b:2", "http://c:3"));
    addresses.remove("http://b:2");
    assertThat(addresses).containsExactly("http://a:1", "http://c:3");

    addresses.removeIf(address -> address.contains("c"));
    assertThat(addresses).containsExactly("http://a:1");
    addresses.clear();
    assertThat(feature.addresses()).isEmpty();
  }

  @Test
  void s23_whoHeldTheCollectionSeesTheRealAddresses() {
    Collection<String> addresses = feature.addresses();
    addresses.add("http://127.0.0.1:0");

    feature.fix(List.of("http://127.0.0.1:4711"));

    assertThat(addresses).containsExactly("http://127.0.0.1:4711");
    assertThat(feature.addresses()).isSameAs(addresses);
  }

  @Test
  void s23_aFixedCollectionRefusesEveryChange() {
    feature.fix(List.of("http://a:1"));
    Collection<String> addresses = feature.addresses();
    Iterator<String> iterator = addresses.iterator();
    iterator.next();

    List<Runnable> changes =
        List.of(
            () -> addresses.add("http://b:2"),
            () -> addresses.remove("http://a:1"),
            addresses::clear,
            iterator::remove,
            () -> addresses.removeIf(address -> true));
    for (Runnable change : changes) {
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
    }
    assertThat(addresses).containsExactly("http://a:1");
  }

  @Test
  void s30_theServerMayFixThemAgainWhileTheyAreRead() {
    feature.fix(List.of("http://a:1", "http://b:2"));
    Iterator<String> iterator = feature.addresses().iterator();

    feature.fix(List.of("http://c:3"));

    assertThat(iterator).toIterable().containsExactly("http://a:1", "http://b:2");
    assertThat(feature.addresses()).containsExactly("http://c:3");
  }

  @Test
  void s22_hostingUrlsArePreferredOnlyWhenSaid() {
    assertThat(feature.preferHostingUrls()).isFalse();
    feature.setPreferHostingUrls(true);
    assertThat(feature.preferHostingUrls()).isTrue();
  }

  @Test
  @SuppressWarnings("NullAway")
  void e3_nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> feature.addresses().add(null))
        .withMessage("address");
    assertThatNullPointerException().isThrownBy(() -> feature.fix(null)).withMessage("real");
  }
}
