package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K130: content that is read more than once. */
final class Buffered {

  private static final String CONTENT = "0123456789".repeat(5_000);

  private Buffered() {}

  static List<Scenario> scenarios() {
    return List.of(k130(Reading.BLOCKING), k130(Reading.NON_BLOCKING), k130(Reading.ASYNC));
  }

  private static CompletionStage<Void> readTwice(HttpContext context, Run run, Reading reading)
      throws IOException {
    context.request().enableBuffering();
    CompletionStage<String> first = reading.text(context);
    return first.thenCompose(
        text -> {
          run.record("first", text.equals(CONTENT));
          context.request().rewind();
          return again(context, run, reading);
        });
  }

  private static CompletionStage<Void> again(HttpContext context, Run run, Reading reading) {
    try {
      return reading.text(context).thenAccept(text -> run.record("second", text.equals(CONTENT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario k130(Reading reading) {
    return Scenario.named("K130", "c7_bufferedContentIsReadTwice" + reading.suffix())
        .rules("C7")
        .asyncApplication((context, run) -> readTwice(context, run, reading))
        .once(reading.writing())
        .check(
            probe -> {
              Set<Path> before = temporaryFiles(); // of other programs
              Connection connection = probe.send(probe.request("POST", "/").content(CONTENT));
              connection.answer().isEmpty(200);
              assertThat(probe.facts()).containsExactly("first=true", "second=true");
              probe.await("no temporary file", () -> before.containsAll(temporaryFiles()));
              connection.isKept();
            });
  }

  private static Set<Path> temporaryFiles() {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("pipebridge-\\d+\\.tmp"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
