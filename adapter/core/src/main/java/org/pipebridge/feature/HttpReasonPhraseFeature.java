package org.pipebridge.feature;

import org.jspecify.annotations.Nullable;

/**
 * The text behind the status code (F45); present only where the server can send it.
 *
 * <p>ASP.NET Core: {@code IHttpResponseFeature.ReasonPhrase}.
 *
 * @since 0.1
 */
public interface HttpReasonPhraseFeature {

  /**
   * Returns the phrase.
   *
   * @return the phrase, or null for the standard one
   */
  @Nullable String reasonPhrase();

  /**
   * Sets the phrase.
   *
   * @param reasonPhrase visible ASCII, space and tab; null for the standard one
   * @throws IllegalArgumentException if it has another character (V4)
   * @throws IllegalStateException if the response has started (R2)
   */
  void setReasonPhrase(@Nullable String reasonPhrase);
}
