package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.PathString;

/**
 * The path under which the container has found us, where that may be another than ours.
 *
 * <p>Containers agree neither on dot segments behind parameters or empty segments nor on "%2F", and
 * embedded Undertow removes no dot segments. Constraints of the container, and the servlets behind
 * a filter, go by its path; a rule of the pipeline by ours. So the two must be the same (W34).
 */
final class MappedPath {

  private MappedPath() {}

  /** Tells whether the container's path is another than ours, so that the request is refused. */
  static boolean differs(ServletServer server, HttpServletRequest request) {
    String mapped = find(server, request);
    if (mapped == null) {
      return false;
    }
    String ours = ServletTarget.of(server, request, true).path();
    return !mapped.equals(ours) && !isOursWithDots(mapped, ours, server.requestUri(request));
  }

  /**
   * Embedded Undertow removes no dot segments; those that are plain to see are taken all the same.
   */
  private static boolean isOursWithDots(String mapped, String ours, String raw) {
    boolean plain =
        mapped.indexOf('%') < 0
            && raw.indexOf(';') < 0
            && !raw.toLowerCase(Locale.ROOT).contains("%2e");
    return plain && PathString.decode(mapped).equals(ours);
  }

  /** Returns the path in its context that the container has mapped, or null if ours will do. */
  static @Nullable String find(ServletServer server, HttpServletRequest request) {
    if (request.getDispatcherType() != DispatcherType.REQUEST
        || !isAmbiguous(server.requestUri(request))
        || !server.mapsPaths()) {
      return null;
    }
    try {
      String info = request.getPathInfo();
      String path = request.getServletPath();
      return PathString.collapseSlashes(info == null ? path : path + info);
    } catch (IllegalArgumentException | IllegalStateException ambiguous) {
      return null; // Jetty, where it was told to let such targets pass
    }
  }

  /** Whether a path has what containers take for different things: dot segments, "%2F". */
  private static boolean isAmbiguous(@Nullable String raw) {
    if (raw == null || (raw.indexOf('%') < 0 && !raw.contains("/."))) {
      return false;
    }
    String lower = raw.toLowerCase(Locale.ROOT);
    return lower.contains("/.") || lower.contains("/%2e") || lower.contains("%2f");
  }
}
