package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests over HTTP/2 whose content is waited for in Undertow and WildFly, by connection, so
 * that each is told when its connection ends: {@link UndertowContent} says why.
 *
 * <p>One listener is registered for a connection, since Undertow keeps it as long as that, through
 * the public methods {@code ServerConnection.addCloseListener}, {@code isOpen} and {@code
 * getCloseSetter}; the last gives the same object for all streams of a connection.
 */
final class UndertowStreams {

  private static final String LISTENER = "io.undertow.server.ServerConnection$CloseListener";

  private final Map<Object, Set<UndertowContent>> waiting = new ConcurrentHashMap<>();

  /** The connection of a request, as its server sees it, or null if this is another Undertow. */
  static @Nullable Object connection(HttpServletRequest request) {
    try {
      return call(call(ContainerKind.unwrap(request), "getExchange"), "getConnection");
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static boolean isOpen(Object connection) {
    try {
      return Boolean.TRUE.equals(call(connection, "isOpen"));
    } catch (ReflectiveOperationException e) {
      return true; // as far as is known
    }
  }

  /** Has content told when its connection ends, which may be now. */
  void add(Object connection, UndertowContent content) {
    try {
      Object key = call(connection, "getCloseSetter");
      waiting.computeIfAbsent(key, absent -> listen(connection, absent)).add(content);
      if (!isOpen(connection)) {
        ended(key); // nobody else may come
      }
    } catch (ReflectiveOperationException e) {
      // another Undertow
    }
  }

  void remove(Object connection, UndertowContent content) {
    try {
      Set<UndertowContent> ofConnection = waiting.get(call(connection, "getCloseSetter"));
      if (ofConnection != null) {
        ofConnection.remove(content);
      }
    } catch (ReflectiveOperationException e) {
      // another Undertow
    }
  }

  private Set<UndertowContent> listen(Object connection, Object key) {
    Class<?> type = connection.getClass();
    try {
      Class<?> listener = Class.forName(LISTENER, false, type.getClassLoader());
      Object proxy =
          Proxy.newProxyInstance(
              listener.getClassLoader(),
              new Class<?>[] {listener},
              (self, method, arguments) -> {
                ended(key); // nothing but closed() is called
                return null;
              });
      type.getMethod("addCloseListener", listener).invoke(connection, proxy);
    } catch (ReflectiveOperationException e) {
      // another Undertow
    }
    return ConcurrentHashMap.newKeySet();
  }

  private void ended(Object key) {
    Set<UndertowContent> ofConnection = waiting.remove(key);
    if (ofConnection != null) {
      ofConnection.forEach(UndertowContent::connectionEnded);
    }
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
