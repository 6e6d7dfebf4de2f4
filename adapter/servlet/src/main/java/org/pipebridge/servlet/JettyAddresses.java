package org.pipebridge.servlet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Jetty listens: its ServletContext leads to the connectors by public methods. They are
 * called by name, since Jetty hides its classes from applications.
 */
final class JettyAddresses {

  private JettyAddresses() {}

  static List<String> find(Object context) {
    try {
      Object server = call(call(context, "getContextHandler"), "getServer");
      List<String> all = new ArrayList<>();
      for (Object connector : (Object[]) call(server, "getConnectors")) {
        int port = port(connector);
        if (port <= 0) {
          return List.of();
        }
        boolean secure = ((Collection<?>) call(connector, "getProtocols")).contains("ssl");
        all.add(ContainerAddresses.text(secure, get(connector, "getHost"), port));
      }
      return all;
    } catch (ReflectiveOperationException e) { // another Jetty, or another kind of connector
      return List.of();
    }
  }

  /** The real port, or the one that is fixed before it is open. */
  private static int port(Object connector) throws ReflectiveOperationException {
    int open = (Integer) call(connector, "getLocalPort");
    return open > 0 ? open : (Integer) call(connector, "getPort");
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    Object result = get(target, method);
    if (result == null) {
      throw new NoSuchMethodException(method);
    }
    return result;
  }

  private static @Nullable Object get(Object target, String method)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
