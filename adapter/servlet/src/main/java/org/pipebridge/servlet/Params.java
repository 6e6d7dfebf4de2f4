package org.pipebridge.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads init parameters; those of a servlet or filter may leave the prefix out (W4). */
final class Params {

  private static final String PREFIX = "pipebridge.";

  private Params() {}

  static Map<String, String> of(ServletContext context) {
    return read(context.getInitParameterNames(), context::getInitParameter);
  }

  static Map<String, String> of(ServletConfig config) {
    return prefixed(read(config.getInitParameterNames(), config::getInitParameter));
  }

  static Map<String, String> of(FilterConfig config) {
    return prefixed(read(config.getInitParameterNames(), config::getInitParameter));
  }

  private static Map<String, String> prefixed(Map<String, String> params) {
    Map<String, String> prefixed = new LinkedHashMap<>();
    params.forEach(
        (name, value) -> prefixed.put(name.startsWith(PREFIX) ? name : PREFIX + name, value));
    return prefixed;
  }

  private static Map<String, String> read(
      Enumeration<String> names, Function<String, @Nullable String> values) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String name : Collections.list(names)) {
      String value = values.apply(name);
      if (value != null) {
        params.put(name, value);
      }
    }
    return params;
  }
}
