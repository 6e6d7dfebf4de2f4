package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContainerKindTest {

  private final HttpServletRequest own = Stubs.request(Map.of());

  @Test
  void whatIsNotKnownIsOther() {
    assertThat(ContainerKind.of(own)).isEqualTo(ContainerKind.OTHER);
  }

  @Test
  void theContainersOwnObjectIsBehindAllWrappers() {
    HttpServletRequest wrapped = new HttpServletRequestWrapper(new HttpServletRequestWrapper(own));

    assertThat(ContainerKind.unwrap(wrapped)).isSameAs(own);
  }

  @Test
  void aContainerWithoutGrizzlyIsLeftAlone() {
    assertThat(GrizzlyConnection.close(own)).isFalse();
  }
}
