package org.pipebridge.server.exchange;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpReasonPhraseFeature;

/** The reason phrase of a response, for transports that can send one (F45). */
public final class ReasonPhrase implements HttpReasonPhraseFeature {

  private final Exchange exchange;
  private @Nullable String phrase;

  /**
   * Creates the standard phrase.
   *
   * @param exchange whose response it is
   */
  public ReasonPhrase(Exchange exchange) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
  }

  @Override
  public @Nullable String reasonPhrase() {
    exchange.checkAlive();
    return phrase;
  }

  @Override
  public void setReasonPhrase(@Nullable String reasonPhrase) {
    if (reasonPhrase != null) {
      check(reasonPhrase);
    }
    exchange.head().checkWritable("the reason phrase");
    phrase = reasonPhrase;
  }

  /**
   * Allows what the value of a header may have (V4), so that nothing gets into the head with it.
   */
  private static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new IllegalArgumentException(
            "a reason phrase may hold visible ASCII, space and tab, but has U+%04X at %d"
                .formatted((int) c, i));
      }
    }
  }

  /**
   * Returns what goes out, for the transport.
   *
   * @return the phrase, or null for the standard one
   */
  public @Nullable String sent() {
    return phrase;
  }

  /** Goes back to the standard phrase: an error answer has no other. */
  public void clear() {
    phrase = null;
  }
}
