package org.pipebridge.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.pipeline.ApplicationBuilder;

/**
 * What an ordinary application does: five middlewares that set two headers each, and a handler that
 * reads three of twenty request headers and a query.
 */
final class Routine implements Startup {

  static final String QUERY = "id=42&view=short";

  /** Name and value of what the five middlewares set, in turn. */
  private static final String[] HEADERS = {
    "X-Content-Type-Options", "nosniff",
    "X-Frame-Options", "DENY",
    "Referrer-Policy", "no-referrer",
    "Cross-Origin-Opener-Policy", "same-origin",
    "Cross-Origin-Resource-Policy", "same-site",
    "Permissions-Policy", "geolocation=()",
    "Cache-Control", "private, max-age=60",
    "Vary", "Accept-Encoding",
    "Content-Language", "en",
    "X-Robots-Tag", "noindex"
  };

  @Override
  public void configure(ApplicationBuilder app) {
    for (int i = 0; i < HEADERS.length; i += 4) {
      addHeaders(app, i);
    }
    app.run(Routine::handle);
  }

  private static void addHeaders(ApplicationBuilder app, int first) {
    app.use(
        (context, next) -> {
          HttpResponse response = context.response();
          response.headers().set(HEADERS[first], HEADERS[first + 1]);
          response.headers().set(HEADERS[first + 2], HEADERS[first + 3]);
          next.handle(context);
        });
  }

  private static void handle(HttpContext context) throws IOException {
    check(
        context.request().headers().first("Accept"),
        context.request().headers().first("User-Agent"),
        context.request().headers().first("X-Request-Id"),
        context.request().query().first("id"));
    Plaintext.answer(context.response());
  }

  private static void check(
      @Nullable String accept, @Nullable String agent, @Nullable String id, @Nullable String key) {
    if (accept == null || agent == null || id == null || !"42".equals(key)) {
      throw new IllegalArgumentException("the request is not the one of this benchmark");
    }
  }

  /** The same in a servlet. */
  static final class Bare extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      for (int i = 0; i < HEADERS.length; i += 2) {
        response.setHeader(HEADERS[i], HEADERS[i + 1]);
      }
      check(
          request.getHeader("Accept"),
          request.getHeader("User-Agent"),
          request.getHeader("X-Request-Id"),
          request.getParameter("id"));
      Plaintext.Bare.answer(response);
    }
  }
}
