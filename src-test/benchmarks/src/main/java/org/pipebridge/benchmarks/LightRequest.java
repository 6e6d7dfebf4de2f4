package org.pipebridge.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that costs next to nothing and is used again and again, as those of containers are. */
final class LightRequest extends HttpServletRequestWrapper {

  private static final Map<String, String> HEADERS =
      Map.of("Accept", "text/plain", "User-Agent", "benchmark", "X-Request-Id", "7f3a9c");

  private final @Nullable String query;
  private final AsyncContext async = new LightAsync();

  LightRequest(String query) {
    super(Refusing.all(HttpServletRequest.class));
    this.query = query.isEmpty() ? null : query.substring(1);
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public String getRequestURI() {
    return "/light";
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return HEADERS.get(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String text = query == null ? "" : query;
    int at = text.startsWith(name + "=") ? name.length() + 1 : -1;
    return at < 0 ? null : text.substring(at, text.indexOf('&'));
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public boolean isAsyncSupported() {
    return true;
  }

  @Override
  public AsyncContext startAsync() {
    return async;
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return async;
  }
}
