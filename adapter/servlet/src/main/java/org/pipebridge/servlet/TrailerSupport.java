package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a container does with trailers: whether it sends any (T8), for which the servlet
 * API has a method that does nothing unless a container overrides it, and whether it takes those of
 * a request for headers (T2).
 */
final class TrailerSupport {

  private volatile @Nullable Class<?> sending;
  private volatile @Nullable Class<?> silent;
  private volatile @Nullable Class<?> mixing;
  private volatile @Nullable Class<?> apart;

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

  /**
   * Tells whether the container adds trailers to the headers of this request once its content was
   * read, as Grizzly does (T2); asked once for each class of requests.
   */
  boolean mixesWithHeaders(HttpServletRequest request) {
    Class<?> type = ContainerKind.unwrap(request).getClass();
    if (type == mixing || type == apart) {
      return type == mixing;
    }
    boolean mixes = ContainerKind.of(request) == ContainerKind.GRIZZLY;
    if (mixes) {
      mixing = type;
    } else {
      apart = type;
    }
    return mixes;
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
