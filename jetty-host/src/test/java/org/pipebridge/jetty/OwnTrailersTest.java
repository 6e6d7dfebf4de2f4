package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** Trailers of one request are not seen by the next (F7). */
final class OwnTrailersTest {

  private final OwnTrailers trailers = new OwnTrailers();
  private final HttpField first = new HttpField("X-T", "a");
  private final HttpField second = new HttpField("X-T", "a");

  @Test
  void f7_whatWasCollectedBeforeIsNotOfThisRequest() {
    assertThat(trailers.take(HttpFields.from(first))).containsExactly(first);
    assertThat(trailers.take(HttpFields.from(first))).isEmpty();
    assertThat(trailers.take(HttpFields.from(first, second))).containsExactly(second);
  }

  @Test
  void f7_equalTrailersThatCameAgainAreThoseOfTheRequest() {
    assertThat(trailers.take(HttpFields.from(first))).containsExactly(first);
    assertThat(trailers.take(HttpFields.from(second))).containsExactly(second);
  }
}
