package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a container sends trailers (T8): the servlet API has a method for them that
 * does nothing unless a container overrides it.
 */
final class TrailerSupport {

  private volatile @Nullable Class<?> sending;
  private volatile @Nullable Class<?> silent;

  /** Tells whether the container of this response does; asked once for each class of responses. */
  boolean sends(HttpServletResponse response) {
    Class<?> type = ContainerKind.unwrap(response).getClass();
    if (type == sending || type == silent) {
      return type == sending;
    }
    boolean sends = overrides(type);
    if (sends) {
      sending = type;
    } else {
      silent = type;
    }
    return sends;
  }

  static boolean overrides(Class<?> type) {
    try {
      return type.getMethod("setTrailerFields", Supplier.class).getDeclaringClass()
          != HttpServletResponse.class;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
