package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Headers;

/**
 * Sends early hints where a container can, which the servlet API cannot (F53).
 *
 * <p>Jetty sends an interim response when {@code sendError} is called with its status, Tomcat by a
 * public method of its response; over HTTP/1.1 Tomcat keeps it in a buffer until the response
 * itself comes, so there it is no use. Both send the headers that the response has at that moment:
 * headers, status, type and locale that filters in front have set are put aside meanwhile.
 */
final class ContainerHints {

  private static final int EARLY_HINTS = 103;
  private static final String TOMCATS_METHOD = "sendEarlyHints";

  private ContainerHints() {}

  /** Whether hints can be sent in front of this response, if it has not begun. */
  static boolean canBeSent(HttpServletRequest request, HttpServletResponse response) {
    return switch (ContainerKind.of(request)) {
      case JETTY -> !request.getProtocol().equals("HTTP/1.0");
      case TOMCAT -> request.getProtocol().startsWith("HTTP/2") && tomcats(response) != null;
      default -> false;
    };
  }

  static void send(HttpServletResponse response, Headers hints) throws IOException {
    HttpServletResponse own = (HttpServletResponse) ContainerKind.unwrap(response);
    Runnable restore = putAside(own);
    try {
      hints.forEach(own::addHeader);
      Method method = tomcats(own);
      if (method == null) {
        own.sendError(EARLY_HINTS);
      } else {
        method.invoke(own);
      }
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException("the container does not send early hints", e);
    } finally {
      restore.run();
    }
  }

  private static @Nullable Method tomcats(HttpServletResponse response) {
    try {
      return ContainerKind.unwrap(response).getClass().getMethod(TOMCATS_METHOD);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** Clears the head; what is returned sets it again. */
  private static Runnable putAside(HttpServletResponse response) {
    int status = response.getStatus();
    String contentType = response.getContentType();
    String encoding = response.getCharacterEncoding();
    Locale locale = response.getLocale();
    List<Runnable> lines = new ArrayList<>();
    for (String name : response.getHeaderNames()) {
      List<String> values = List.copyOf(response.getHeaders(name));
      lines.add(() -> set(response, name, values));
    }
    clear(response);
    return () -> {
      clear(response);
      response.setStatus(status);
      if (!locale.equals(response.getLocale())) {
        response.setLocale(locale);
      }
      response.setContentType(contentType);
      if (!encoding.equals(response.getCharacterEncoding())) {
        response.setCharacterEncoding(encoding);
      }
      lines.forEach(Runnable::run);
    };
  }

  /** Jetty puts the cookie of a new session back on at a reset, which is no hint. */
  private static void clear(HttpServletResponse response) {
    response.reset();
    response.setHeader("Set-Cookie", null);
    response.setHeader("Expires", null);
  }

  private static void set(HttpServletResponse response, String name, List<String> values) {
    response.setHeader(name, values.get(0));
    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
  }
}
