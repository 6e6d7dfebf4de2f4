package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;

final class JettyOptionsTest {

  private static final JettyOptions DEFAULT = JettyOptions.DEFAULT;

  @Test
  void q2_q4_theDefaultsAreThoseOfTheContract() {
    assertThat(DEFAULT.maxRequestLineBytes()).isEqualTo(8 * 1024);
    assertThat(DEFAULT.maxHeaderBytes()).isEqualTo(32 * 1024);
    assertThat(DEFAULT.maxHeaderCount()).isEqualTo(100);
    assertThat(DEFAULT.minDataRates()).isEqualTo(MinDataRates.NONE);
    assertThat(DEFAULT.headerTimeout()).hasSeconds(30);
    assertThat(DEFAULT.idleTimeout()).hasSeconds(130);
    assertThat(DEFAULT.drainTimeout()).hasSeconds(5);
    assertThat(DEFAULT.serverHeader()).isFalse();
    assertThat(DEFAULT.requests().maxRequestBodySize()).hasValue(30_000_000);
  }

  @Test
  void l8_aLimitThatIsNotPositiveIsRefusedByName() {
    isRefused("maxThreads", () -> DEFAULT.withMaxThreads(0));
    isRefused("maxRequestLineBytes", () -> DEFAULT.withMaxRequestLineBytes(-1));
    isRefused("maxHeaderBytes", () -> DEFAULT.withMaxHeaderBytes(0));
    isRefused("maxHeaderCount", () -> DEFAULT.withMaxHeaderCount(0));
    isRefused("bytesPerSecond", () -> new Rate(0, Duration.ZERO));
    isRefused("headerTimeout", () -> DEFAULT.withHeaderTimeout(Duration.ZERO));
    isRefused("idleTimeout", () -> DEFAULT.withIdleTimeout(Duration.ofSeconds(-1)));
    isRefused("drainTimeout", () -> DEFAULT.withDrainTimeout(Duration.ofNanos(1)));
  }

  @Test
  void settingsBecomeOptions() {
    JettyOptions options =
        JettyHost.options(
            JettyHost.settings(
                "--maxThreads=7",
                "--maxRequestBodySize=unlimited",
                "--virtualThreads=OFF",
                "--minRequestRate=240",
                "--minResponseRate=480",
                "--minRateGrace=2",
                "--headerTimeout=3",
                "--idleTimeout=PT2M",
                "--serverHeader=true"));
    assertThat(options)
        .isEqualTo(
            DEFAULT
                .withMaxThreads(7)
                .withRequests(
                    new org.pipebridge.server.ServerOptions(
                        OptionalLong.empty(), DEFAULT.requests().allowSynchronousIo()))
                .withVirtualThreads(VirtualThreads.OFF)
                .withMinDataRates(
                    new MinDataRates(
                        new Rate(240, Duration.ofSeconds(2)), new Rate(480, Duration.ofSeconds(2))))
                .withHeaderTimeout(Duration.ofSeconds(3))
                .withIdleTimeout(Duration.ofMinutes(2))
                .withServerHeader(true));
  }

  @Test
  void l8_aMalformedSettingIsRefusedByName() {
    for (String argument :
        List.of(
            "--minRequestRate=0",
            "--maxThreads=0",
            "--maxHeaderBytes=x",
            "--virtualThreads=1",
            "--drainTimeout=0")) {
      String key = argument.substring(2, argument.indexOf('='));
      isRefused(key, () -> JettyHost.options(JettyHost.settings(argument)));
    }
  }

  @Test
  void l12_aRateWithoutAGraceHasFiveSeconds() {
    JettyOptions options = JettyHost.options(JettyHost.settings("--minResponseRate=100"));
    assertThat(options.minDataRates())
        .isEqualTo(new MinDataRates(null, new Rate(100, Duration.ofSeconds(5))));
  }

  private static void isRefused(String key, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(key);
  }
}
