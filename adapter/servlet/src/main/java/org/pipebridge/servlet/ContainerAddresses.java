package org.pipebridge.servlet;

import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.ServerAddress;

/** Asks a container where it listens, if there is a public way to (S30). */
final class ContainerAddresses {

  private static final String ANY = "[::]";

  private ContainerAddresses() {}

  /**
   * Returns where the container listens; empty if it does not tell, or does not yet know all of it.
   */
  static List<String> of(ServletContext context) {
    String info = String.valueOf(context.getServerInfo());
    try {
      if (info.startsWith("Apache Tomcat")) {
        return TomcatAddresses.find(context.getClass().getClassLoader());
      } else if (info.startsWith("jetty/")) {
        return JettyAddresses.find(context);
      }
      return ContainerKind.isUndertow(context) ? WildFlyAddresses.find() : List.of();
    } catch (RuntimeException | LinkageError e) { // another version, or nothing may be asked here
      return List.of();
    }
  }

  /** An address as JettyServer shows it; no host means all interfaces (S23). */
  static String text(boolean secure, @Nullable Object host, int port) {
    return new ServerAddress(secure ? "https" : "http", host(host), port).toString();
  }

  private static String host(@Nullable Object host) {
    String text = host instanceof InetAddress address ? address.getHostAddress() : (String) host;
    if (text == null || text.isEmpty() || text.equals("::") || text.equals("0:0:0:0:0:0:0:0")) {
      return ANY;
    }
    return text.indexOf(':') >= 0 && !text.startsWith("[") ? "[" + text + "]" : text;
  }
}
