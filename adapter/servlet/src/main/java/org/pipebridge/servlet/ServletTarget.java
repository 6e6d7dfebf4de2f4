package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.PathString;

/**
 * The path of a request, cut into where the application is mounted and the rest (V11 to V20).
 *
 * <p>It comes from the raw URI alone, decoded by us: containers differ in what getServletPath and
 * getPathInfo make of "%2F", "%25", ";" and "//", and some throw. Only how many segments belong to
 * the mount point is asked of the container.
 */
record ServletTarget(String pathBase, String path) {

  private static final ServletTarget NONE = new ServletTarget("", "");

  static ServletTarget of(ServletServer server, HttpServletRequest request, boolean inFilter) {
    boolean include = request.getDispatcherType() == DispatcherType.INCLUDE;
    String uri =
        include
            ? (String) request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)
            : server.requestUri(request);
    String raw = rawPath(uri);
    if (raw.isEmpty()) {
      return NONE;
    }
    HttpServletMapping mapping =
        include
            ? (HttpServletMapping) request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
            : request.getHttpServletMapping();
    String path = PathString.decode(raw);
    String mount = request.getServletContext().getContextPath();
    if (!inFilter) {
      mount += mappedPath(mapping);
    }
    if (inFilter || !isBelow(path, mount)) {
      path = PathString.collapseSlashes(path); // as the container did to find us (V16)
    }
    int end = PathString.skipSegments(path, PathString.countSegments(mount));
    return end == 0 ? new ServletTarget("", path) : cut(path, end);
  }

  private static ServletTarget cut(String path, int end) {
    return new ServletTarget(path.substring(0, end), path.substring(end));
  }

  /** The path of a target in any form: "*" and an authority have none (V17, V18). */
  private static String rawPath(@Nullable String uri) {
    if (uri == null || uri.isEmpty()) {
      return "";
    }
    if (uri.charAt(0) == '/') {
      return uri;
    }
    int authority = uri.indexOf("://");
    if (authority < 0) {
      return "";
    }
    int slash = uri.indexOf('/', authority + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  /** Containers differ in whether they tell a mount point as it is, or escaped. */
  private static boolean isBelow(String path, String mount) {
    return startsWith(path, mount) || startsWith(path, PathString.unescape(mount));
  }

  private static boolean startsWith(String path, String mount) {
    int length = mount.length();
    return path.startsWith(mount) && (path.length() == length || path.charAt(length) == '/');
  }

  /** What a mapping "/x/*" or "/x" adds to the mount point; others add nothing (V20). */
  private static String mappedPath(@Nullable HttpServletMapping mapping) {
    if (mapping == null) {
      return "";
    }
    MappingMatch match = mapping.getMappingMatch();
    String pattern = mapping.getPattern();
    if (match == MappingMatch.PATH && pattern.endsWith("/*")) {
      return pattern.substring(0, pattern.length() - "/*".length());
    }
    return match == MappingMatch.EXACT ? pattern : "";
  }
}
