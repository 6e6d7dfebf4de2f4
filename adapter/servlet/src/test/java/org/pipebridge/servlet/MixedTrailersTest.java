package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MixedTrailersTest {

  @ParameterizedTest
  @ValueSource(strings = {"jetty/12.0.0", "jetty/12.0.35", "jetty/12.1.0", "jetty/12.1.9.beta1"})
  void f7_theseVersionsOfJettyMixTrailers(String serverInfo) {
    assertThat(MixedTrailers.isIn(serverInfo)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jetty/12.0.36",
        "jetty/12.1.10",
        "jetty/12.1.12",
        "jetty/12.2.0",
        "jetty/13.0.0",
        "Apache Tomcat/10.1.59",
        ""
      })
  void f7_othersKeepThemApart(String serverInfo) {
    assertThat(MixedTrailers.isIn(serverInfo)).isFalse();
    assertThat(MixedTrailers.isIn(null)).isFalse();
  }
}
