package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFallbackFeature;
import org.pipebridge.server.exchange.Exchange;

/** The form that the container parsed because a filter in front asked for a parameter (V46). */
final class ContainerForm implements FormFallbackFeature {

  private final HttpServletRequest request;
  private final Exchange exchange;

  ContainerForm(HttpServletRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  @Override
  public @Nullable Form form() {
    exchange.checkAlive();
    Map<String, Integer> inQuery = countNames(request.getQueryString());
    Map<String, List<String>> fields = new LinkedHashMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              // the values of the query come first (Servlet 6.0, section 3.1)
              List<String> all = List.of(values);
              int skipped = Math.min(inQuery.getOrDefault(name, 0), all.size());
              if (skipped < all.size()) {
                fields.put(name, all.subList(skipped, all.size()));
              }
            });
    return fields.isEmpty() ? null : Form.of(fields, List.of());
  }

  private static Map<String, Integer> countNames(@Nullable String query) {
    Map<String, Integer> counts = new HashMap<>();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        if (!part.isEmpty()) {
          int end = part.indexOf('=');
          counts.merge(decode(end < 0 ? part : part.substring(0, end)), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static String decode(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
