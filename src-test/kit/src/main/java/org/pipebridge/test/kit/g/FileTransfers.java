package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K160, K161: files that meet a replaced body, a HEAD or a change. */
final class FileTransfers {

  private static final int SIZE = 4 * 1024 * 1024;

  private FileTransfers() {}

  static List<Scenario> scenarios() {
    return List.of(k160Replaced(), k161Shrinks(), k160Head());
  }

  private static Scenario k160Replaced() {
    return Scenario.named("K160", "r66_aReplacedBodyGetsTheBytesOfAFile")
        .rules("R66", "R54")
        .behind((app, run) -> app.use(FileTransfers::inUpperCase))
        .application(
            (context, run) -> {
              Path file = Files.createTempFile("kit", ".txt");
              context.response().onCompleted(() -> Files.delete(file));
              context.response().sendFile(Files.writeString(file, "content"), 3, -1);
            })
        .check(probe -> probe.ask(probe.get()).hasStatus(200).hasText("TENT"));
  }

  private static void inUpperCase(HttpContext context, Handler next) throws Exception {
    HttpResponseBodyFeature prior = context.features().require(HttpResponseBodyFeature.class);
    HttpResponseBodyFeature upper =
        HttpResponseBodyFeature.of(new UpperCase(prior.stream()), prior);
    context.features().set(HttpResponseBodyFeature.class, upper);
    try {
      next.handle(context);
    } finally {
      context.features().set(HttpResponseBodyFeature.class, prior);
    }
  }

  private static Scenario k160Head() {
    return Scenario.named("K160", "r32_aFileForAHeadSendsNoByte")
        .rules("R32", "R60")
        .application(
            (context, run) -> {
              Path file = Files.createTempFile("kit", ".txt");
              context.response().onCompleted(() -> Files.delete(file));
              context.response().setContentLength(7);
              context.response().sendFile(Files.writeString(file, "content"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              Answer answer = connection.answer().hasStatus(200).hasText("");
              answer.hasHeader("Content-Length", "7");
              connection.isKept();
            });
  }

  private static Scenario k161Shrinks() {
    return Scenario.named("K161", "r64_aFileThatShrinksBreaksTheMessage")
        .rules("R64", "R65", "R43")
        .behind((app, run) -> app.use(FileTransfers::cutAfterTheFirstWrite))
        .application(
            (context, run) -> {
              Path file = Files.createTempFile("kit", ".bin");
              context.response().onCompleted(() -> Files.delete(file));
              context.items().put("file", file);
              context.response().setContentLength(SIZE);
              context.response().sendFile(Files.write(file, new byte[SIZE]));
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(200).isKilled();
              assertThat(answer.body()).hasSizeLessThan(SIZE).isNotEmpty();
            });
  }

  /** Shortens the file to be sent as soon as some of it was sent. */
  private static void cutAfterTheFirstWrite(HttpContext context, Handler next) throws Exception {
    HttpResponseBodyFeature prior = context.features().require(HttpResponseBodyFeature.class);
    OutputStream cutting =
        new FilterOutputStream(prior.stream()) {
          @Override
          public void write(byte[] from, int offset, int count) throws IOException {
            out.write(from, offset, count);
            out.flush();
            Path file = (Path) context.items().get("file");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.truncate(1000);
            }
          }
        };
    context
        .features()
        .set(HttpResponseBodyFeature.class, HttpResponseBodyFeature.of(cutting, prior));
    try {
      next.handle(context);
    } finally {
      context.features().set(HttpResponseBodyFeature.class, prior);
    }
  }

  /** Writes text in upper case. */
  private static final class UpperCase extends FilterOutputStream {

    UpperCase(OutputStream target) {
      super(target);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      String text = new String(from, offset, count, StandardCharsets.UTF_8);
      out.write(text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
  }
}
