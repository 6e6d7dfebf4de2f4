package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;

/** When a client is too slow. */
final class RateWatchTest {

  private static final Rate RATE = new Rate(100, Duration.ofSeconds(5));

  private final RateWatch watch = new RateWatch();

  private static long at(int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void l12_withoutARateNothingIsTooSlow() {
    watch.begin(at(0), 0);
    assertThat(watch.isTooSlow(at(1000))).isFalse();
  }

  @Test
  void l12_theGraceIsNotTooSlow() {
    watch.setRate(RATE, at(0));
    watch.begin(at(0), 0);
    assertThat(watch.isTooSlow(at(5))).isFalse();
    assertThat(watch.isTooSlow(at(6))).isTrue();
  }

  @Test
  void l12_slownessIsToldOnce() {
    watch.setRate(RATE, at(0));
    watch.begin(at(0), 0);
    assertThat(watch.isTooSlow(at(6))).isTrue();
    assertThat(watch.isTooSlow(at(7))).isFalse();
  }

  @Test
  void l12_timeCountsWhileAnOperationWaits() {
    watch.setRate(RATE, at(0));
    watch.begin(at(0), 0);
    watch.end(at(3), 1);
    assertThat(watch.isTooSlow(at(100))).as("nobody waits").isFalse();
    watch.begin(at(100), 0);
    assertThat(watch.isTooSlow(at(102))).as("five seconds in all").isFalse();
    assertThat(watch.isTooSlow(at(103))).isTrue();
  }

  @Test
  void l12_bytesThatHaveComeGiveTime() {
    watch.setRate(RATE, at(0));
    watch.end(at(0), 1000);
    watch.begin(at(0), 0);
    assertThat(watch.isTooSlow(at(10))).isFalse();
    assertThat(watch.isTooSlow(at(11))).isTrue();
  }

  @Test
  void l12_bytesToGetRidOfGiveTheTimeThatTheyMayTake() {
    watch.setRate(RATE, at(0));
    watch.begin(at(0), 2000);
    assertThat(watch.isTooSlow(at(20))).isFalse();
    assertThat(watch.isTooSlow(at(21))).isTrue();
  }

  @Test
  void l12_aRateThatIsSetWhileAnOperationWaitsCountsFromThen() {
    watch.begin(at(0), 0);
    watch.setRate(RATE, at(100));
    assertThat(watch.isTooSlow(at(105))).isFalse();
    assertThat(watch.isTooSlow(at(106))).isTrue();
  }
}
