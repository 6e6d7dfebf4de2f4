package org.pipebridge.feature;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says that the request was aborted, by the client, the application or the server, before or during
 * an operation on its body (E6).
 *
 * <p>An {@link IOException}, since blocking streams may throw nothing else. ASP.NET Core: {@code
 * OperationCanceledException} and {@code ConnectionAbortedException}.
 *
 * @since 0.1
 */
public final class RequestAbortedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message how the abort was noticed
   * @param cause what was thrown below, or null
   */
  public RequestAbortedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
