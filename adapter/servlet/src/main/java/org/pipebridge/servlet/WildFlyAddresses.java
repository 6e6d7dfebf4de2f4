package org.pipebridge.servlet;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Where WildFly listens for requests, as its socket bindings tell the MBean server of the platform;
 * an Undertow without WildFly has none.
 */
final class WildFlyAddresses {

  private WildFlyAddresses() {}

  static List<String> find() {
    try {
      return find(ManagementFactory.getPlatformMBeanServer());
    } catch (JMException e) {
      return List.of(); // it lets nobody ask
    }
  }

  static List<String> find(MBeanServer beans) throws JMException {
    List<String> all = new ArrayList<>();
    for (String scheme : List.of("http", "https")) {
      ObjectName bindings =
          new ObjectName("jboss.as:socket-binding-group=*,socket-binding=" + scheme);
      for (ObjectName name : new TreeSet<>(beans.queryNames(bindings, null))) {
        if (Boolean.TRUE.equals(beans.getAttribute(name, "bound"))
            && beans.getAttribute(name, "boundPort") instanceof Integer port) {
          if (port <= 0) {
            return List.of(); // a port that the system has chosen is not told
          }
          Object host = beans.getAttribute(name, "boundAddress");
          all.add(ContainerAddresses.text(scheme.equals("https"), host, port));
        }
      }
    }
    return all;
  }
}
