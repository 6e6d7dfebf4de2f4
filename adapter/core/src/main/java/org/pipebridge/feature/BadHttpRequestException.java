package org.pipebridge.feature;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says that the client's request is wrong: malformed, cut off, or beyond a limit (E4).
 *
 * <p>If it leaves the application before the response has started, the client gets {@link
 * #status()} with an empty body and the connection is closed (R14). The message is for the log; no
 * client sees it (E10). ASP.NET Core: {@code BadHttpRequestException}.
 *
 * @since 0.1
 */
public final class BadHttpRequestException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The status the client is to get. */
  private final int status;

  /**
   * Creates an exception without a cause.
   *
   * @param status the status the client is to get, 400 to 499
   * @param message what was wrong, for the log
   * @throws IllegalArgumentException if the status is not a client error
   */
  public BadHttpRequestException(int status, String message) {
    this(status, message, null);
  }

  /**
   * Creates an exception.
   *
   * @param status the status the client is to get, 400 to 499
   * @param message what was wrong, for the log
   * @param cause what was thrown below, or null
   * @throws IllegalArgumentException if the status is not a client error
   */
  public BadHttpRequestException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    if (status < 400 || status > 499) {
      throw new IllegalArgumentException("status must be in 400..499, but is " + status);
    }
    this.status = status;
  }

  /**
   * Returns the status for the client.
   *
   * @return 400 to 499
   */
  public int status() {
    return status;
  }
}
