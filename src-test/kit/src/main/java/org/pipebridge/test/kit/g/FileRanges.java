package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K160 to K162: which part of a file is sent. */
final class FileRanges {

  private static final String TEXT = "0123456789";

  private FileRanges() {}

  static List<Scenario> scenarios() {
    return List.of(
        k160("TheWhole", 0, -1, TEXT),
        k160("TheFirstHalf", 0, 5, "01234"),
        k160("FromAnOffset", 5, -1, "56789"),
        k160("NoByte", 3, 0, ""),
        k160Large(),
        k160Mixed(),
        k161Length(),
        k161NoBytes(),
        k161Beyond(),
        k161LargeBeyond(),
        k162Ranges(),
        k162Missing(),
        k162Directory());
  }

  /** Makes a file that is gone when the request is complete. */
  private static Path file(HttpContext context, String text) throws IOException {
    Path file = Files.createTempFile("kit", ".txt");
    context.response().onCompleted(() -> Files.delete(file));
    return Files.writeString(file, text);
  }

  private static Scenario k160(String what, long offset, long count, String expected) {
    return Scenario.named("K160", "r62_aFileIsSent" + what)
        .rules("R60", "R62")
        .asyncApplication(
            (context, run) -> {
              Path file = file(context, TEXT);
              return context
                  .response()
                  .sendFileAsync(file, offset, count)
                  .thenRun(() -> run.record("started", context.response().hasStarted()));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText(expected);
              assertThat(probe.facts()).containsExactly("started=true");
              connection.isKept();
            });
  }

  private static Scenario k160Large() {
    String text = TEXT.repeat(100_000);
    return Scenario.named("K160", "r60_aLargeFileIsSentWhole")
        .rules("R60", "R24")
        .application((context, run) -> context.response().sendFile(file(context, text)))
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(200).isWhole();
              assertThat(answer.text().equals(text)).as("the very bytes").isTrue();
            });
  }

  private static Scenario k160Mixed() {
    return Scenario.named("K160", "r62_filesAndWritesKeepTheirOrder")
        .rules("R62")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.write("<");
              response.sendFile(file(context, TEXT), 0, 3);
              response.write("|");
              response.sendFile(file(context, TEXT), 7, 3);
              response.sendFile(file(context, ""));
              response.write(">");
            })
        .check(probe -> probe.ask(probe.get()).hasStatus(200).hasText("<012|789>"));
  }

  private static Scenario k161Length() {
    return Scenario.named("K161", "r60_aLengthOfTheApplicationIsKept")
        .rules("R60", "R27")
        .application(
            (context, run) -> {
              context.response().setContentLength(TEXT.length());
              context.response().sendFile(file(context, TEXT));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText(TEXT);
              answer.hasHeader("Content-Length", "10").hasNo("Transfer-Encoding");
              connection.isKept();
            });
  }

  private static Scenario k161NoBytes() {
    return Scenario.named("K161", "r62_noByteOfAFileHasLengthZero")
        .rules("R62", "R27")
        .application(
            (context, run) -> {
              context.response().setContentLength(0);
              context.response().sendFile(file(context, TEXT), 0, 0);
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(200);
              connection.isKept();
            });
  }

  private static Scenario k161Beyond() {
    return Scenario.named("K161", "r63_aRangeBeyondTheLengthIsRefused")
        .rules("R63", "R40")
        .application(
            (context, run) -> {
              context.response().setContentLength(9);
              Path file = file(context, TEXT);
              run.attempt("send", () -> context.response().sendFile(file));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts()).containsExactly("send=IllegalStateException");
              probe.isClosedByHost(connection);
            });
  }

  private static Scenario k161LargeBeyond() {
    String text = TEXT.repeat(100_000);
    return Scenario.named("K161", "r63_aLargeRangeBeyondTheLengthSendsNoByte")
        .rules("R63", "R40")
        .application(
            (context, run) -> {
              context.response().setContentLength(text.length() - 1);
              Path file = file(context, text);
              run.attempt("send", () -> context.response().sendFile(file));
              run.attempt("write", () -> context.response().write("rest"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts())
                  .containsExactly("send=IllegalStateException", "write=IllegalStateException");
              probe.isClosedByHost(connection);
            });
  }

  private static Scenario k162Ranges() {
    return Scenario.named("K162", "r61_aWrongRangeIsRefusedBeforeTheStart")
        .rules("R61")
        .application(
            (context, run) -> {
              Path file = file(context, TEXT);
              attempt(context, run, "offset -1", file, -1, 2);
              attempt(context, run, "offset 11", file, 11, -1);
              attempt(context, run, "count -2", file, 0, -2);
              attempt(context, run, "count beyond", file, 5, 6);
              run.record("started", context.response().hasStarted());
              context.response().write("otherwise");
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(200).hasText("otherwise");
              assertThat(probe.facts())
                  .containsExactly(
                      "offset -1=IndexOutOfBoundsException",
                      "offset 11=IndexOutOfBoundsException",
                      "count -2=IndexOutOfBoundsException",
                      "count beyond=IndexOutOfBoundsException",
                      "started=false");
            });
  }

  private static void attempt(
      HttpContext context, Run run, String what, Path file, long offset, long count) {
    run.attempt(what, () -> context.response().sendFile(file, offset, count));
  }

  private static Scenario k162Missing() {
    return Scenario.named("K162", "r61_aMissingFileIsAFailure")
        .rules("R61", "R12")
        .application(
            (context, run) -> {
              @Nullable Path directory = file(context, TEXT).getParent();
              Path missing = Path.of(String.valueOf(directory), "kit-missing.txt");
              try {
                context.response().sendFile(missing);
              } catch (NoSuchFileException e) {
                run.record("missing");
                throw e;
              }
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts()).containsExactly("missing");
              assertThat(connection.seen()).doesNotContain("kit-missing");
            });
  }

  private static Scenario k162Directory() {
    return Scenario.named("K162", "r61_aDirectoryIsNoFile")
        .rules("R61")
        .application(
            (context, run) -> {
              @Nullable Path directory = file(context, TEXT).getParent();
              try {
                context.response().sendFile(Path.of(String.valueOf(directory)));
              } catch (IOException e) {
                context.response().setStatus(404);
                context.response().write("no file");
              }
            })
        .check(probe -> probe.ask(probe.get()).hasStatus(404).hasText("no file"));
  }
}
