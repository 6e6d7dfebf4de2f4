package org.pipebridge.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.pipeline.ApplicationBuilder;

/** The least there is to do: 13 bytes of text, of known length. */
final class Plaintext implements Startup {

  static final byte[] TEXT = "Hello, World!".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void configure(ApplicationBuilder app) {
    app.run(context -> answer(context.response()));
  }

  static void answer(HttpResponse response) throws IOException {
    response.setContentType("text/plain");
    response.setContentLength(TEXT.length);
    response.write(TEXT);
  }

  /** The same in a servlet. */
  static final class Bare extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer(response);
    }

    static void answer(HttpServletResponse response) throws IOException {
      response.setContentType("text/plain");
      response.setContentLengthLong(TEXT.length);
      response.getOutputStream().write(TEXT);
    }
  }
}
