package org.pipebridge.feature;

/**
 * The number of the stream of a request (F42); HTTP/2 only.
 *
 * <p>ASP.NET Core: {@code IHttp2StreamIdFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpStreamIdFeature {

  /**
   * Returns the stream's number.
   *
   * @return the number
   */
  long streamId();
}
