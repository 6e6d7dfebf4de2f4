package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;

/**
 * Closes the connection of a request in Undertow and WildFly, through the public methods {@code
 * HttpServletRequestImpl.getExchange()} and, of the {@code HttpServerExchange}, {@code
 * getConnection()} (A1, R11) and {@code setPersistent} (V9). Over HTTP/2 each stream is a
 * connection to Undertow, and closing it resets the stream.
 *
 * <p>They are asked of the object, since a web application does not see the container's classes;
 * and looked up each time, since what is kept with a class of the container keeps the application.
 */
final class UndertowConnection {

  private UndertowConnection() {}

  /** Closes it at once, from any thread; false: the request is not Undertow's. */
  static boolean close(HttpServletRequest request) {
    if (ContainerKind.of(request) != ContainerKind.UNDERTOW) {
      return false;
    }
    try {
      if (of(request) instanceof Closeable connection) {
        connection.close();
        return true;
      }
      return false;
    } catch (ReflectiveOperationException e) { // another Undertow
      return false;
    } catch (IOException e) {
      return true; // it was closed already
    }
  }

  /**
   * Has an HTTP/1 connection closed behind the response, whose header says so. Undertow does not
   * look at that header where the status allows no content, such as 204 and 304; it is told so for
   * each status, since a servlet behind a filter may change it.
   */
  static void closeBehind(ServletRequestSide transport) {
    if (transport.server().container(transport.request()) != ContainerKind.UNDERTOW) {
      return;
    }
    try {
      Object exchange = exchange(transport.request());
      exchange.getClass().getMethod("setPersistent", boolean.class).invoke(exchange, false);
    } catch (ReflectiveOperationException otherUndertow) {
      // then it closes where it likes
    }
  }

  /** The connection as its server sees it; over HTTP/2 the stream. */
  static Object of(HttpServletRequest request) throws ReflectiveOperationException {
    return call(exchange(request), "getConnection");
  }

  private static Object exchange(HttpServletRequest request) throws ReflectiveOperationException {
    return call(ContainerKind.unwrap(request), "getExchange");
  }

  /** Calls a public method that has no arguments. */
  static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
