package org.pipebridge.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pipebridge.feature.CookieOptions;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.ResponseCookies;
import org.pipebridge.feature.ResponseCookiesFeature;

/** Writes cookies to the Set-Cookie headers (V32 to V34). */
final class HeaderResponseCookies implements ResponseCookiesFeature, ResponseCookies {

  private final FeatureCollection features;

  HeaderResponseCookies(FeatureCollection features) {
    this.features = features;
  }

  @Override
  public ResponseCookies cookies() {
    return this;
  }

  @Override
  public void append(String name, String value, CookieOptions options) {
    headers().add(HeaderNames.SET_COOKIE, SetCookie.format(name, value, options));
  }

  @Override
  public void delete(String name, CookieOptions options) {
    CookieOptions expired = options.withExpires(Instant.EPOCH).withMaxAge(null);
    String line = SetCookie.format(name, "", expired.withExtensions(List.of()));
    Headers headers = headers();
    List<String> kept = new ArrayList<>(headers.values(HeaderNames.SET_COOKIE));
    kept.removeIf(queued -> SetCookie.isSame(queued, name, options));
    kept.add(line);
    headers.set(HeaderNames.SET_COOKIE, kept);
  }

  private Headers headers() {
    return features.require(HttpResponseFeature.class).headers();
  }
}
