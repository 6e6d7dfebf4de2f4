package org.pipebridge.servlet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows the versions of Jetty that give a request over HTTP/1.1 the trailers of the earlier ones on
 * its connection, too, before <a href="https://github.com/jetty/jetty.project/pull/15163">a change
 * in 2026</a>. Nothing tells them apart again, and a proxy's connection serves many clients (F7).
 */
final class MixedTrailers {

  private static final Pattern JETTY = Pattern.compile("jetty/12\\.([01])\\.(\\d{1,4}).*");
  private static final int FIRST_GOOD_OF_12_0 = 36;
  private static final int FIRST_GOOD_OF_12_1 = 10;

  private MixedTrailers() {}

  /** Whether a container is one of them, by what it tells of itself. */
  static boolean isIn(@Nullable String serverInfo) {
    Matcher jetty = JETTY.matcher(serverInfo == null ? "" : serverInfo);
    if (!jetty.matches()) {
      return false;
    }
    int firstGood = jetty.group(1).equals("0") ? FIRST_GOOD_OF_12_0 : FIRST_GOOD_OF_12_1;
    return Integer.parseInt(jetty.group(2)) < firstGood;
  }
}
