package org.pipebridge.feature;

/**
 * Tells a compressing middleware whether it may compress over https (F46).
 *
 * <p>ASP.NET Core: {@code IHttpsCompressionFeature}.
 *
 * @since 0.1
 */
public interface HttpsCompressionFeature {

  /** What to do. */
  enum Mode {
    /** What the middleware is configured to do. */
    DEFAULT,
    /** Compress. */
    COMPRESS,
    /** Do not compress: the content mixes secrets with what a client chose. */
    DO_NOT
  }

  /**
   * Returns what to do.
   *
   * @return the mode
   */
  Mode mode();

  /**
   * Sets what to do.
   *
   * @param mode the mode
   */
  void setMode(Mode mode);
}
