package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;

/**
 * Closes the connection of a request in Undertow and WildFly, through the public methods {@code
 * HttpServletRequestImpl.getExchange()} and {@code HttpServerExchange.getConnection()} (A1, R11).
 * Over HTTP/2 each stream is a connection to Undertow, and closing it resets the stream.
 *
 * <p>They are asked of the object, since a web application does not see the container's classes;
 * and looked up each time, since what is kept with a class of the container keeps the application.
 */
final class UndertowConnection {

  private UndertowConnection() {}

  /** Closes it, from any thread; false: the request is not Undertow's. */
  static boolean close(HttpServletRequest request) {
    if (ContainerKind.of(request) != ContainerKind.UNDERTOW) {
      return false;
    }
    try {
      Object exchange = call(ContainerKind.unwrap(request), "getExchange");
      if (call(exchange, "getConnection") instanceof Closeable connection) {
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

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
