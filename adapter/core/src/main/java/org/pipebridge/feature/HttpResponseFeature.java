package org.pipebridge.feature;

/**
 * The status, the header fields and the callbacks of a response (F22).
 *
 * <p>Every server has it (F11). The response starts once, for good (R1); from then on status and
 * headers can be read only (R2). ASP.NET Core: {@code IHttpResponseFeature}.
 *
 * @since 0.1
 */
public interface HttpResponseFeature {

  /**
   * Returns the status code; 200 unless set. After the end it is what was sent (R9).
   *
   * @return the status
   */
  int status();

  /**
   * Sets the status code.
   *
   * @param status 200 to 999 (R30)
   * @throws IllegalArgumentException if it is out of range
   * @throws IllegalStateException if the response has started (R2)
   */
  void setStatus(int status);

  /**
   * Returns the header fields; read-only once the response has started (V6).
   *
   * @return the headers
   */
  Headers headers();

  /**
   * Tells whether the response has started (R1).
   *
   * @return whether status and headers are final
   */
  boolean hasStarted();

  /**
   * Registers what runs right before the response starts, the last registered first (R3).
   *
   * @param callback what to run; it may still change status and headers, but must not write
   * @throws IllegalStateException if the response has started (R2)
   */
  void onStarting(AsyncCallback callback);

  /**
   * Registers what runs when the response has been sent, or has failed; the last registered first
   * (R7).
   *
   * @param callback what to run; it must not use the body
   * @throws IllegalStateException if the callbacks have run already
   */
  void onCompleted(AsyncCallback callback);
}
