package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.Threads;

@Timeout(20)
final class HostStateTest {

  private final HostState state = new HostState();

  @Test
  void s43_aHostStartsOnce() {
    state.beginStart();
    assertThatIllegalStateException()
        .isThrownBy(state::beginStart)
        .withMessageContaining("STARTING");
    state.endStart(true);
    assertThatIllegalStateException()
        .isThrownBy(state::beginStart)
        .withMessageContaining("STARTED");
  }

  @Test
  void s43_aHostThatWasStoppedOrFailedToStartDoesNotStart() {
    assertThat(state.beginStop(true)).isTrue();
    state.endStop();
    assertThatIllegalStateException()
        .isThrownBy(state::beginStart)
        .withMessageContaining("STOPPED");

    var failed = new HostState();
    failed.beginStart();
    failed.endStart(false);
    assertThatIllegalStateException().isThrownBy(failed::beginStart);
    assertThat(failed.beginStop(true)).isFalse();
  }

  @Test
  void s45_aSecondStopWaitsForTheFirstAndDoesNothing() throws Exception {
    started();
    assertThat(state.beginStop(true)).isTrue();

    CompletableFuture<Boolean> second = stopOnAnotherThread();
    assertThat(second).isNotDone();
    state.endStop();

    assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(state.beginStop(true)).isFalse();
  }

  @Test
  void s45_aStopInsideTheStopDoesNotWaitForItself() {
    started();
    assertThat(state.beginStop(true)).isTrue();
    assertThat(state.beginStop(true)).isFalse();
  }

  @Test
  void s45_whoMustNotWaitForTheFirstStopReturnsAtOnce() throws Exception {
    started();
    assertThat(stopOnAnotherThread().get(10, TimeUnit.SECONDS)).isTrue();

    assertThat(state.beginStop(false)).isFalse();
  }

  @Test
  void s43_aStopWaitsForTheStart() throws Exception {
    state.beginStart();

    CompletableFuture<Boolean> stop = stopOnAnotherThread();
    assertThat(stop).isNotDone();
    state.endStart(true);

    assertThat(stop.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void s43_whatStartsAHostCannotStopIt() {
    state.beginStart();

    assertThatIllegalStateException()
        .isThrownBy(() -> state.beginStop(true))
        .withMessageContaining("stopApplication()");
  }

  private void started() {
    state.beginStart();
    state.endStart(true);
  }

  /** Returns when the other thread is about to wait, or has ended. */
  private CompletableFuture<Boolean> stopOnAnotherThread() {
    var result = new CompletableFuture<Boolean>();
    Thread thread = new Thread(() -> result.complete(state.beginStop(true)));
    thread.start();
    assertThat(Threads.settled(thread)).isIn(Thread.State.WAITING, Thread.State.TERMINATED);
    return result;
  }
}
