package org.pipebridge.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;

/** An answer of many chunks, of unknown length. */
final class Streaming implements Startup {

  private static final byte[] CHUNK = "data: 0123456789\n\n".getBytes(StandardCharsets.US_ASCII);

  /** How a chunk is written. */
  enum Kind {
    /** Into the container's buffer. */
    WRITE,
    /** Through to the client. */
    FLUSH,
    /** Into the container's buffer, by the operation that gives a stage; bare: as WRITE. */
    STAGE
  }

  private final Kind kind;
  private final int chunks;

  Streaming(Kind kind, int chunks) {
    this.kind = kind;
    this.chunks = chunks;
  }

  @Override
  public void configure(ApplicationBuilder app) {
    app.run(
        context -> {
          HttpResponse response = context.response();
          response.setContentType("text/event-stream");
          if (kind == Kind.STAGE) {
            stage(response);
          } else {
            write(response.body());
          }
        });
  }

  private void write(OutputStream body) throws IOException {
    for (int i = 0; i < chunks; i++) {
      body.write(CHUNK);
      if (kind == Kind.FLUSH) {
        body.flush();
      }
    }
  }

  private void stage(HttpResponse response) {
    ByteBuffer chunk = ByteBuffer.wrap(CHUNK);
    for (int i = 0; i < chunks; i++) {
      CompletionStage<Void> accepted = response.writeAsync(chunk.rewind());
      if (!Stages.isDone(
          accepted)) { // this, and not join(), since a view of a stage costs an object
        throw new IllegalStateException("the container's buffer takes each chunk at once");
      }
    }
  }

  /** The same in a servlet. */
  static final class Bare extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Streaming streaming;

    Bare(Kind kind, int chunks) {
      streaming = new Streaming(kind, chunks);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/event-stream");
      streaming.write(response.getOutputStream());
    }
  }
}
