package org.pipebridge.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Objects of the servlet API that give the answers they are told to give, or what a supplier makes
 * anew at each call, and else 0 or null.
 */
final class Stubs {

  private Stubs() {}

  /** A GET in the root context; answers are by the method's name and perhaps its first argument. */
  static HttpServletRequest request(Map<String, ?> answers) {
    Map<String, Object> all = new HashMap<>();
    all.put("getMethod", "GET");
    all.put("getProtocol", "HTTP/1.1");
    all.put("getScheme", "http");
    all.put("getRequestURI", "/");
    all.put("getContentLengthLong", -1L);
    all.put("getServletContext", context(""));
    all.put("getHttpServletMapping", mapping("/*"));
    all.putAll(answers);
    return stub(HttpServletRequest.class, all);
  }

  static HttpServletResponse response() {
    return stub(HttpServletResponse.class, Map.of("getOutputStream", new NowhereStream()));
  }

  static ServletContext context(String path) {
    return stub(ServletContext.class, Map.of("getContextPath", path));
  }

  static HttpServletMapping mapping(String pattern) {
    return stub(
        HttpServletMapping.class, Map.of("getPattern", pattern, "getMappingMatch", match(pattern)));
  }

  private static MappingMatch match(String pattern) {
    if (pattern.isEmpty()) {
      return MappingMatch.CONTEXT_ROOT;
    } else if (pattern.equals("/")) {
      return MappingMatch.DEFAULT;
    } else if (pattern.startsWith("*.")) {
      return MappingMatch.EXTENSION;
    }
    return pattern.endsWith("/*") ? MappingMatch.PATH : MappingMatch.EXACT;
  }

  static <T> T stub(Class<T> type, Map<String, ?> answers) {
    Object stub =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              String name = method.getName();
              if (args != null && args[0] instanceof String argument) {
                name += " " + argument.toLowerCase(Locale.ROOT);
              }
              Object answer = answers.get(name);
              if (answer instanceof Supplier<?> made) {
                return made.get();
              }
              return answer == null ? nothing(method.getReturnType()) : answer;
            });
    return type.cast(stub);
  }

  private static Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    } else if (type == long.class) {
      return 0L;
    }
    return type == int.class ? 0 : null;
  }

  private static final class NowhereStream extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int octet) {}
  }
}
