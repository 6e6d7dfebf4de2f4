package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Scenario;

/** K135: content goes both ways at once. */
final class BothWays {

  private static final int LENGTH = 20_000_000;
  private static final int PIECE = 64 * 1024;

  private BothWays() {}

  static List<Scenario> scenarios() {
    return List.of(k135(Reading.BLOCKING), k135(Reading.NON_BLOCKING), k135(Reading.ASYNC));
  }

  private static CompletionStage<?> write(HttpContext context, Reading mode, ByteBuffer piece) {
    if (mode != Reading.BLOCKING) {
      return context.response().writeAsync(piece);
    }
    try {
      context.response().body().write(piece.array(), piece.position(), piece.remaining());
      return CompletableFuture.completedStage(null);
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Scenario k135(Reading mode) {
    return Scenario.named("K135", "b15_anEchoOfAnySizeWorks" + mode.suffix())
        .rules("B15", "R52")
        .needs(Capability.BYTES)
        .asyncApplication(
            (context, run) -> mode.each(context, piece -> write(context, mode, piece)))
        .once(mode.writing())
        .check(
            probe -> {
              byte[] content = new byte[LENGTH];
              new Random(135).nextBytes(content);
              RawConnection connection = probe.socket();
              connection.send(
                  probe.request("POST", "/").header("Content-Length", Integer.toString(LENGTH)));
              Thread writer = new Thread(() -> send(connection, content), "kit-client K135 writer");
              writer.setDaemon(true);
              writer.start();
              byte[] echo = connection.answer().hasStatus(200).isWhole().body();
              assertThat(Arrays.mismatch(echo, content)).as("first difference").isEqualTo(-1);
              writer.join();
              probe.isKeptByHost(connection); // Tomcat closes where much content was still to come
            });
  }

  private static void send(RawConnection connection, byte[] content) {
    for (int at = 0; at < content.length; at += PIECE) {
      int end = Math.min(content.length, at + PIECE);
      connection.write(Arrays.copyOfRange(content, at, end));
    }
  }
}
