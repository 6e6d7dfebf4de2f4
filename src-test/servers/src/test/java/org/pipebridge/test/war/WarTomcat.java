package org.pipebridge.test.war;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * An embedded Tomcat that deploys folders as it deploys WARs, each with a class loader of its own.
 */
final class WarTomcat implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();

  WarTomcat(Path folder) throws LifecycleException {
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    tomcat.setConnector(connector);
    tomcat.getHost().setAutoDeploy(false);
    tomcat.start();
  }

  /** Deploys a folder; whether it started shows in the state of what is returned. */
  StandardContext deploy(String path, Path folder) {
    StandardContext context = new StandardContext();
    context.setName(path);
    context.setPath(path);
    context.setDocBase(folder.toString());
    // Tomcat waits this long for asynchronous requests before it tells the application of its end;
    // by default two seconds, which no event stream uses, since it has not been told
    context.setUnloadDelay(50);
    context.setParentClassLoader(new ContainerLoader());
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    context.setJarScanner(scanner);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    context.addLifecycleListener(config);
    Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
        .addMapping("/");
    tomcat.getHost().addChild(context);
    return context;
  }

  /** Takes an application away, as a container does when its WAR is removed. */
  void undeploy(Context context) {
    tomcat.getHost().removeChild(context);
  }

  URI uri(Context context, String path) {
    int port = tomcat.getConnector().getLocalPort();
    return URI.create("http://127.0.0.1:" + port + context.getPath() + path);
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  /** The container's own loader, which does not see what is on the class path of the tests. */
  static final class ContainerLoader extends ClassLoader {

    private static final String OURS = "org.pipebridge.";

    ContainerLoader() {
      super(WarTomcat.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(OURS)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
      return isOurs(name) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return isOurs(name) ? Collections.emptyEnumeration() : super.getResources(name);
    }

    private static boolean isOurs(String name) {
      return name.startsWith("org/pipebridge/") || name.startsWith("META-INF/services/");
    }
  }
}
