package org.pipebridge.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.RequestCookies;
import org.pipebridge.feature.RequestCookiesFeature;
import org.pipebridge.internal.Ascii;

/** Parses the Cookie headers, and again when they have changed (V10, V30, V31). */
final class HeaderRequestCookies implements RequestCookiesFeature {

  private final FeatureCollection features;
  private List<String> parsedFrom = List.of();
  private RequestCookies cookies = RequestCookies.EMPTY;

  HeaderRequestCookies(FeatureCollection features) {
    this.features = features;
  }

  @Override
  public RequestCookies cookies() {
    List<String> lines = headers().values(HeaderNames.COOKIE);
    if (!lines.equals(parsedFrom)) {
      cookies = parse(lines);
      parsedFrom = lines;
    }
    return cookies;
  }

  @Override
  public void setCookies(RequestCookies cookies) {
    String line =
        cookies.asMap().entrySet().stream()
            .map(cookie -> checked(cookie.getKey()) + '=' + Percent.encode(cookie.getValue()))
            .collect(Collectors.joining("; "));
    Values.setOrRemove(headers(), HeaderNames.COOKIE, line);
  }

  private static String checked(String name) {
    if (!Ascii.isToken(name)) {
      throw new IllegalArgumentException("a cookie's name must be a token, but is \"" + name + '"');
    }
    return name;
  }

  private Headers headers() {
    return features.require(HttpRequestFeature.class).headers();
  }

  private static RequestCookies parse(List<String> lines) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String line : lines) {
      for (String pair : line.split(";")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (Ascii.isToken(name)) {
          cookies.put(name, value(pair.substring(equals + 1).strip()));
        }
      }
    }
    return cookies.isEmpty() ? RequestCookies.EMPTY : RequestCookies.of(cookies);
  }

  private static String value(String raw) {
    boolean quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
    return Percent.decode(quoted ? raw.substring(1, raw.length() - 1) : raw, false);
  }
}
