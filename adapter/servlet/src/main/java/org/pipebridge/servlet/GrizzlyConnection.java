package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.pipebridge.feature.HeaderNames;

/**
 * Reaches Grizzly's connection behind a request in GlassFish and Payara, to close it or to have an
 * open message framed.
 *
 * <p>Nothing in the servlet API breaks a message off there: whatever fails, the message is ended
 * properly, and a declared length that was not reached is taken from the next response. Their
 * request object leads to the connection by public methods of public classes, which applications
 * can load; a container without them is none of these.
 */
final class GrizzlyConnection {

  private static final String REQUEST = "org.glassfish.grizzly.http.server.Request";
  private static final String CONNECTION = "org.glassfish.grizzly.Closeable";

  private static final String IGNORE_FRAMING = "setIgnoreContentModifiers";
  private static final String FRAMING_OF_CONTENT = "getTransferEncoding";
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
    if (!request.getProtocol().startsWith("HTTP/1")) {
      return false;
    }
    try {
      Object grizzly = grizzlys(request);
      Object context = call(grizzly, grizzly.getClass().getMethod("getContext"));
      Object connection = call(context, context.getClass().getMethod("getConnection"));
      ClassLoader loader = grizzly.getClass().getClassLoader();
      call(connection, Class.forName(CONNECTION, false, loader).getMethod("closeSilently"));
      return true;
    } catch (ReflectiveOperationException | RuntimeException notGrizzly) {
      return false;
    }
  }

  /**
   * Whether Grizzly ignores the framing of a request and of its response, as it does if an upgrade
   * is asked for; its HTTP/2 may see to it that it does not.
   */
  static boolean mayIgnoreFraming(ServletRequestSide transport) {
    return transport.server().container(transport.request()) == ContainerKind.GRIZZLY
        && transport.isHttp1()
        && transport.request().getHeader(HeaderNames.UPGRADE) != null;
  }

  /**
   * Whether neither a length nor chunks end the content of such a request. It stays so when the
   * response is framed.
   */
  static boolean ignoresFramingOfContent(HttpServletRequest request) {
    try {
      Object packet = packet(request);
      return packet.getClass().getMethod(FRAMING_OF_CONTENT).invoke(packet) == null;
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return true; // chunks that are refused do no harm
    }
  }

  /**
   * Lets Grizzly frame the response to such a request, as it does by itself when the request is
   * over: else only the end of the connection ends an open message, and one that is broken off
   * looks whole (R11).
   */
  static void frameResponse(HttpServletRequest request) {
    try {
      Object packet = packet(request);
      packet.getClass().getMethod(IGNORE_FRAMING, boolean.class).invoke(packet, false);
    } catch (ReflectiveOperationException | RuntimeException otherGrizzly) {
      // then it frames as it likes
    }
  }

  private static Object packet(HttpServletRequest request) throws ReflectiveOperationException {
    Object grizzly = grizzlys(request);
    return call(grizzly, grizzly.getClass().getMethod("getRequest"));
  }

  private static Object grizzlys(HttpServletRequest request) throws ReflectiveOperationException {
    Object facade = ContainerKind.unwrap(request);
    Object connector = call(facade, facade.getClass().getMethod(TO_CONNECTOR));
    return call(connector, leadsTo(connector.getClass()));
  }

  /** Payara and GlassFish name the method differently. */
  private static Method leadsTo(Class<?> connectorRequest) throws NoSuchMethodException {
    for (Method method : connectorRequest.getMethods()) {
      if (method.getParameterCount() == 0 && method.getReturnType().getName().equals(REQUEST)) {
        return method;
      }
    }
    throw new NoSuchMethodException(REQUEST);
  }

  private static Object call(Object target, Method method)
      throws IllegalAccessException, InvocationTargetException {
    Object result = method.invoke(target);
    return result == null ? target : result;
  }
}
