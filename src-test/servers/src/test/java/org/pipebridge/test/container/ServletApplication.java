package org.pipebridge.test.container;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An application of servlets that does a little of everything, and knows nothing of pipelines. */
final class ServletApplication {

  /** What can be asked for with GET. */
  static final List<String> PATHS =
      List.of(
          "/writer",
          "/stream",
          "/flushed",
          "/headers",
          "/parameters?a=1&a=%20&b",
          "/session",
          "/async",
          "/async-dispatch",
          "/async-timeout",
          "/forward",
          "/include",
          "/named",
          "/redirect",
          "/send-error",
          "/send-error-with-page",
          "/set-status",
          "/throw",
          "/throw-io",
          "/throw-with-page",
          "/nowhere",
          "/context");

  private ServletApplication() {}

  static WebApp addTo(WebApp app) {
    answers(app);
    bodies(app);
    dispatches(app);
    asynchronous(app);
    return app;
  }

  private static void answers(WebApp app) {
    app.servlet(
        "/writer",
        Servlets.of(
            (request, response) -> {
              response.setContentType("text/plain");
              response.getWriter().write("written, å: " + request.getMethod());
            }));
    app.servlet(
        "/stream",
        Servlets.of((request, response) -> response.getOutputStream().print("x".repeat(50_000))));
    app.servlet(
        "/flushed",
        Servlets.of(
            (request, response) -> {
              response.getOutputStream().print("first ");
              response.flushBuffer();
              response.getOutputStream().print("second");
            }));
    app.servlet(
        "/headers",
        Servlets.of(
            (request, response) -> {
              response.addHeader("X-A", "1");
              response.addHeader("X-A", "2");
              response.setDateHeader("X-Date", 0);
              response.setContentType("application/json;charset=utf-8");
              response.setContentLength(2);
              response.getOutputStream().print("{}");
            }));
    app.servlet(
        "/session",
        Servlets.of(
            (request, response) -> {
              request.getSession().setAttribute("a", "b");
              response.getWriter().write("new " + request.getSession().isNew());
            }));
    app.servlet(
        "/context",
        Servlets.of(
            (request, response) ->
                response
                    .getWriter()
                    .write(
                        String.join(
                            " ",
                            request.getServletPath(),
                            String.valueOf(request.getPathInfo()),
                            String.valueOf(request.getUserPrincipal()),
                            request.getDispatcherType().name(),
                            String.valueOf(request.isAsyncSupported())))));
    app.servlet("/redirect", Servlets.of((request, response) -> response.sendRedirect("/writer")));
    app.servlet("/set-status", Servlets.of((request, response) -> response.setStatus(404)));
  }

  private static void bodies(WebApp app) {
    app.servlet(
        "/parameters",
        Servlets.of(
            (request, response) -> {
              request.setCharacterEncoding("UTF-8");
              var all = new TreeMap<String, String>();
              request.getParameterMap().forEach((n, v) -> all.put(n, Arrays.toString(v)));
              say(response, all.toString());
            }));
    app.servlet(
        "/parts",
        Servlets.of(
            (request, response) ->
                say(
                    response,
                    request.getMethod().equals("GET") ? "no parts" : parts(request).toString())));
    app.servlet(
        "/body",
        Servlets.of(
            (request, response) ->
                say(
                    response,
                    new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8))));
    app.servlet(
        "/reader",
        Servlets.of(
            (request, response) ->
                say(response, request.getReader().lines().collect(Collectors.joining()))));
    app.servlet("/unread", Servlets.saying("did not read"));
    app.servlet("/listener", Servlets.of(ServletApplication::readByListener));
  }

  private static List<String> parts(HttpServletRequest request)
      throws ServletException, IOException {
    var all = new java.util.ArrayList<String>();
    for (Part part : request.getParts()) {
      String content = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      all.add(part.getName() + " " + part.getSubmittedFileName() + " " + content);
    }
    Collections.sort(all);
    return all;
  }

  private static void readByListener(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync();
    ServletInputStream input = request.getInputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    input.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            byte[] chunk = new byte[5];
            while (input.isReady() && !input.isFinished()) {
              int count = input.read(chunk);
              content.write(chunk, 0, Math.max(count, 0));
            }
          }

          @Override
          public void onAllDataRead() throws IOException {
            say(response, content.toString(StandardCharsets.UTF_8));
            async.complete();
          }

          @Override
          public void onError(Throwable failure) {
            async.complete();
          }
        });
  }

  private static void dispatches(WebApp app) {
    app.servlet(
        "/forward",
        Servlets.of(
            (request, response) ->
                request.getRequestDispatcher("/context?x=y").forward(request, response)));
    app.servlet(
        "/include",
        Servlets.of(
            (request, response) -> {
              response.getWriter().write("<");
              request.getRequestDispatcher("/context").include(request, response);
              response.getWriter().write(">");
            }));
    app.servlet(
        "/named",
        Servlets.of(
            (request, response) ->
                request
                    .getServletContext()
                    .getNamedDispatcher("servlet0")
                    .forward(request, response)));
    app.servlet("/send-error", Servlets.of((request, response) -> response.sendError(409)));
    app.servlet(
        "/send-error-with-page",
        Servlets.of((request, response) -> response.sendError(410, "gone")));
    app.servlet("/throw-io", Servlets.of((request, response) -> failWith(new IOException("io"))));
    app.servlet(
        "/throw-with-page",
        Servlets.of(
            (request, response) -> {
              throw new UnsupportedOperationException("with page");
            }));
    app.servlet(
        "/page",
        Servlets.of(
            (request, response) ->
                say(
                    response,
                    "page for " + request.getAttribute("jakarta.servlet.error.message"))));
    app.errorPage(410, "/page");
    app.errorPage(404, "/page");
    app.errorPage(500, "/page");
    app.errorPage(UnsupportedOperationException.class, "/page");
    app.servlet(
        "/throw",
        Servlets.of(
            (request, response) -> {
              throw new IllegalStateException("thrown");
            }));
  }

  private static void failWith(IOException failure) throws IOException {
    throw failure;
  }

  private static void asynchronous(WebApp app) {
    app.servlet(
        "/async",
        Servlets.of(
            (request, response) -> {
              AsyncContext async = request.startAsync();
              soon(
                  () -> {
                    sayQuietly(response, "async");
                    async.complete();
                  });
            }));
    app.servlet(
        "/async-dispatch",
        Servlets.of(
            (request, response) -> {
              if (request.getDispatcherType() == DispatcherType.ASYNC) {
                say(response, "dispatched");
              } else {
                AsyncContext async = request.startAsync();
                soon(async::dispatch);
              }
            }));
    app.servlet(
        "/async-timeout",
        Servlets.of(
            (request, response) -> {
              AsyncContext async = request.startAsync();
              async.setTimeout(100);
              async.addListener(new CompletingOnTimeout());
            }));
  }

  private static void soon(Runnable task) {
    CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
  }

  private static void sayQuietly(HttpServletResponse response, String text) {
    try {
      say(response, text);
    } catch (IOException e) {
      // the client sees it
    }
  }

  private static void say(HttpServletResponse response, String text) throws IOException {
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(text);
  }

  /** Answers when the time is over. */
  private static final class CompletingOnTimeout implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      say((HttpServletResponse) event.getSuppliedResponse(), "timeout");
      event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
