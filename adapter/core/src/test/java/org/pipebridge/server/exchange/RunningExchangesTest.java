package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pipebridge.server.ServerOptions;

final class RunningExchangesTest {

  private final RunningExchanges running = new RunningExchanges();
  private final Exchanges server = new Exchanges(ServerOptions.DEFAULT);

  @Test
  void s4_thoseThatWereAddedAndNotRemovedAreThere() {
    List<ExchangeRun<?>> runs = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      runs.add(run());
    }
    runs.forEach(running::add);
    assertThat(running.size()).isEqualTo(1000);

    Collections.shuffle(runs, new Random(1));
    runs.subList(0, 700).forEach(running::remove);

    assertThat(running.size()).isEqualTo(300);
    assertThat(running.all())
        .containsExactlyInAnyOrderElementsOf(
            runs.subList(700, 1000).stream().map(ExchangeRun::exchange).toList());
    runs.subList(700, 1000).forEach(running::remove);
    assertThat(running.all()).isEmpty();
    assertThat(runs).allMatch(run -> run.previous == null && run.next == null);
  }

  @Test
  void s4_manyThreadsComeAndGo() {
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  ExchangeRun<?> first = run();
                  ExchangeRun<?> second = run();
                  running.add(first);
                  running.add(second);
                  running.remove(first);
                  running.remove(second);
                }
              },
              task -> new Thread(task).start()));
    }
    threads.forEach(CompletableFuture::join);
    assertThat(running.size()).isZero();
    assertThat(running.all()).isEmpty();
  }

  private ExchangeRun<?> run() {
    return new ExchangeRun<>(
        new FailingApplication(), new Exchange(new RecordingTransport(), server));
  }
}
