package org.pipebridge.servlet;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Where Tomcat listens, as its connectors tell the MBean server of the platform. */
final class TomcatAddresses {

  private TomcatAddresses() {}

  /** Asks the Tomcat whose classes this loader has; several of them do not tell which is meant. */
  static List<String> find(@Nullable ClassLoader tomcat) {
    try {
      return find(ManagementFactory.getPlatformMBeanServer(), tomcat);
    } catch (JMException e) {
      return List.of(); // a connector that goes at this moment
    }
  }

  static List<String> find(MBeanServer beans, @Nullable ClassLoader tomcat) throws JMException {
    List<String> all = new ArrayList<>();
    String domain = null;
    ObjectName connectors = new ObjectName("*:type=Connector,*");
    for (ObjectName name : new TreeSet<>(beans.queryNames(connectors, null))) {
      if (beans.getClassLoaderFor(name) != tomcat || speaksOtherThanHttp(beans, name)) {
        continue;
      }
      int port = port(beans, name);
      if (port <= 0 || (domain != null && !domain.equals(name.getDomain()))) {
        return List.of();
      }
      domain = name.getDomain();
      boolean secure =
          "https".equals(beans.getAttribute(name, "scheme"))
              || Boolean.TRUE.equals(beans.getAttribute(name, "secure"));
      all.add(ContainerAddresses.text(secure, beans.getAttribute(name, "address"), port));
    }
    return all;
  }

  private static boolean speaksOtherThanHttp(MBeanServer beans, ObjectName name)
      throws JMException {
    Object protocol = beans.getAttribute(name, "protocol");
    return String.valueOf(protocol).toLowerCase(Locale.ROOT).contains("ajp");
  }

  /** The real port, or the one that is fixed before it is open. */
  private static int port(MBeanServer beans, ObjectName name) throws JMException {
    return beans.getAttribute(name, "localPort") instanceof Integer open && open > 0
        ? open
        : beans.getAttribute(name, "port") instanceof Integer fixed ? fixed : 0;
  }
}
