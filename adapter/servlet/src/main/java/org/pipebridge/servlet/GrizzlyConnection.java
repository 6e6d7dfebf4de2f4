package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a request in GlassFish and Payara, whose connectors are Grizzly's.
 *
 * <p>Nothing in the servlet API does it there: whatever fails, the message is ended properly, and a
 * declared length that was not reached is taken from the next response. Their request object leads
 * to the connection by public methods of public classes, which applications can load; a container
 * without them is none of these.
 */
final class GrizzlyConnection {

  private static final String REQUEST = "org.glassfish.grizzly.http.server.Request";
  private static final String CONNECTION = "org.glassfish.grizzly.Closeable";

  private static final String TO_CONNECTOR = "getUnwrappedCoyoteRequest";

  private GrizzlyConnection() {}

  /** Whether requests of this class come through one of Grizzly's connections. */
  static boolean isBehind(Class<?> request) {
    for (Method method : request.getMethods()) {
      if (method.getName().equals(TO_CONNECTOR)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Closes the connection, if it is one of Grizzly's and carries HTTP/1: of HTTP/2 it would take
   * all other streams along.
   *
   * @return whether it is closed now
   */
  static boolean close(HttpServletRequest request) {
    Object facade = ContainerKind.unwrap(request);
    if (!request.getProtocol().startsWith("HTTP/1")) {
      return false;
    }
    try {
      Object connector = call(facade, facade.getClass().getMethod(TO_CONNECTOR));
      Method leadsOn = leadsTo(connector.getClass());
      if (leadsOn == null) {
        return false;
      }
      Object grizzly = call(connector, leadsOn);
      Object context = call(grizzly, grizzly.getClass().getMethod("getContext"));
      Object connection = call(context, context.getClass().getMethod("getConnection"));
      ClassLoader loader = leadsOn.getReturnType().getClassLoader();
      call(connection, Class.forName(CONNECTION, false, loader).getMethod("closeSilently"));
      return true;
    } catch (ReflectiveOperationException | RuntimeException notGrizzly) {
      return false;
    }
  }

  /** Payara and GlassFish name the method differently. */
  private static @Nullable Method leadsTo(Class<?> connectorRequest) {
    for (Method method : connectorRequest.getMethods()) {
      if (method.getParameterCount() == 0 && method.getReturnType().getName().equals(REQUEST)) {
        return method;
      }
    }
    return null;
  }

  private static Object call(Object target, Method method)
      throws IllegalAccessException, InvocationTargetException {
    Object result = method.invoke(target);
    return result == null ? target : result;
  }
}
