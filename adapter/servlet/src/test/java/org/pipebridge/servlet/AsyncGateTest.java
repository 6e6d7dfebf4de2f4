package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A container takes a request back while it is being completed (C14). */
final class AsyncGateTest {

  private final AsyncGate gate = new AsyncGate();

  @Test
  void c14_aCallIsWaitedFor() throws Exception {
    assertThat(gate.enter()).isTrue();
    CompletableFuture<Void> back = new CompletableFuture<>();
    Thread container =
        new Thread(
            () -> {
              gate.takeBack();
              back.complete(null);
            });
    container.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (container.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(container.getState()).isEqualTo(Thread.State.WAITING);
    assertThat(back).isNotDone();
    gate.exit();
    assertThat(back).succeedsWithin(Duration.ofSeconds(10));
    assertThat(gate.enter()).isFalse();
  }

  @Test
  void c14_afterwardsNoCallBegins() {
    assertThat(gate.enter()).isTrue();
    gate.exit();
    assertThat(gate.enter()).isTrue();
    gate.exit();
    gate.takeBack();
    assertThat(gate.enter()).isFalse();
  }
}
