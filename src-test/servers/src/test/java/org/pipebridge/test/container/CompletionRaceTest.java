package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.RawConnection;

/**
 * Requests that complete, fail and are left by their clients at random: each ends, and is disposed
 * of once (S3, C14, W12).
 */
final class CompletionRaceTest {

  private static final int CLIENTS = 8;
  private static final int REQUESTS = 500;
  private static final Duration FOR_CLIENTS = Duration.ofMinutes(2);
  private static final Duration FOR_THE_LAST = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource
  void s3_eachRequestIsDisposedOfOnceWhateverRaces(Container.Kind kind) throws Exception {
    RaceApplication application = new RaceApplication();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (ServletServer server = new ServletServer();
        Container container = kind.start(new WebApp().servlet("/*", new PipelineServlet(server)))) {
      server.start(application);
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(client);
        all.add(clients.submit(() -> beClient(container, random)));
      }
      for (Future<?> client : all) {
        client.get(FOR_CLIENTS.toSeconds(), TimeUnit.SECONDS);
      }
      awaitNoneOpen(application);
      container.ask(container.get("/plain?x=healthy")).hasStatus(200).hasText("healthy");
    } finally {
      clients.shutdownNow();
      application.close();
    }
    assertThat(application.open()).as("not disposed of when all has stopped").isEmpty();
    assertThat(application.created()).isGreaterThan(CLIENTS * REQUESTS / 2);
    assertThat(application.disposedTwice()).isEmpty();
  }

  private static void beClient(Container container, Random random) {
    RawConnection connection = container.connect();
    for (int i = 0; i < REQUESTS; i++) {
      RaceApplication.Way way = RaceApplication.Way.of(random.nextInt(100));
      String id = i + "-" + random.nextInt(1_000_000);
      connection.send(container.get("/" + way.path() + "?x=" + id));
      boolean leaves = random.nextInt(10) == 0;
      if (leaves || !isAnswered(connection, way, id)) {
        connection.close();
        connection = container.connect();
      }
    }
    connection.close();
  }

  /** Checks the answer, and tells whether the connection may be used again. */
  private static boolean isAnswered(RawConnection connection, RaceApplication.Way way, String id) {
    if (way.isBroken()) {
      return false; // how such an answer looks is checked elsewhere
    }
    Answer answer = connection.answer();
    if (way.succeeds()) {
      answer.hasStatus(200).hasText(id);
    } else {
      answer.isEmpty500();
    }
    return !"close".equalsIgnoreCase(answer.header("Connection"));
  }

  /** A request whose client has left may still come later: it counts when all has stopped. */
  private static void awaitNoneOpen(RaceApplication application) {
    long end = System.nanoTime() + FOR_THE_LAST.toNanos();
    List<String> open = application.open();
    while (!open.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
      open = application.open();
    }
    assertThat(open).as("not disposed of").isEmpty();
  }
}
