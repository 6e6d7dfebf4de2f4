package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.Threads;
import org.pipebridge.feature.RequestAbortedException;

final class OneAtATimeTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private boolean aborted;
  private final OneAtATime gate =
      new OneAtATime() {
        @Override
        void throwIfAborted() throws RequestAbortedException {
          if (aborted) {
            throw new RequestAbortedException("the request was aborted", null);
          }
        }
      };

  @Test
  void r51_aSecondOperationIsRefused() throws Exception {
    gate.enter();
    assertThatIllegalStateException().isThrownBy(gate::enter);
    gate.exit();
    gate.enter();
  }

  @Test
  void a2_anOperationAfterADisconnectIsRefusedAsAborted() {
    gate.close();
    assertThatIllegalStateException().isThrownBy(gate::enter);
    aborted = true;
    assertThatExceptionOfType(RequestAbortedException.class).isThrownBy(gate::enter);
  }

  @Test
  void c14_everyThreadThatWaitsForTheLastOperationGoesOn() throws Exception {
    gate.enter();
    gate.close();
    Thread first = waiting();
    Thread second = waiting();
    CompletionStage<Void> stage = gate.whenClosed();
    gate.exit();
    first.join(SOON.toMillis());
    second.join(SOON.toMillis());
    assertThat(first.isAlive()).isFalse();
    assertThat(second.isAlive()).isFalse();
    assertThat(stage.toCompletableFuture()).isDone();
  }

  /** A thread that waits, or has just been woken without reason. */
  private Thread waiting() {
    Thread thread = new Thread(gate::awaitClosed);
    thread.setDaemon(true);
    thread.start();
    assertThat(Threads.settled(thread)).isEqualTo(Thread.State.WAITING);
    return thread;
  }
}
