package org.pipebridge.jetty;

import org.eclipse.jetty.http.HttpFields;

/**
 * Keeps apart the trailers of the requests of one connection (F7): before <a
 * href="https://github.com/jetty/jetty.project/pull/15163">a change in 2026</a>, Jetty collects
 * them and gives each request those of the earlier ones, too.
 */
final class OwnTrailers {

  private HttpFields earlier = HttpFields.EMPTY;

  /** Takes the lines that are new: those behind the very ones that were there before. */
  HttpFields take(HttpFields collected) {
    int count = beginsWithEarlier(collected) ? earlier.size() : 0;
    HttpFields.Mutable own = HttpFields.build();
    for (int i = count; i < collected.size(); i++) {
      own.add(collected.getField(i));
    }
    earlier = collected;
    return own.asImmutable();
  }

  private boolean beginsWithEarlier(HttpFields collected) {
    if (collected.size() < earlier.size()) {
      return false;
    }
    for (int i = 0; i < earlier.size(); i++) {
      if (!isSame(collected.getField(i), earlier.getField(i))) {
        return false;
      }
    }
    return true;
  }

  /** A line that came again is another object. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object line, Object other) {
    return line == other;
  }
}
