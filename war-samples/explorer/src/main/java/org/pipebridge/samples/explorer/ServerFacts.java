package org.pipebridge.samples.explorer;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.servlet.HttpServletFeature;

/** What is known about the server and the machine that runs it. */
final class ServerFacts {

  private ServerFacts() {}

  /** Returns the name of the server's product. */
  static String product(HttpContext context) {
    ServletContext container = container(context);
    return container == null ? "A server without servlets" : container.getServerInfo();
  }

  static List<Row> of(HttpContext context, FeatureCollection serverFeatures) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("product", product(context)));
    ServletContext container = container(context);
    if (container != null) {
      rows.add(
          new Row("Servlet API", container.getMajorVersion() + "." + container.getMinorVersion()));
      rows.add(new Row("context path", '"' + container.getContextPath() + '"'));
    }
    ServerAddressesFeature listening = serverFeatures.get(ServerAddressesFeature.class);
    rows.add(new Row("addresses", listening == null ? "unknown" : addresses(listening)));
    rows.add(Facts.thread());
    rows.add(
        new Row(
            "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor")));
    rows.add(
        new Row("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch")));
    return rows;
  }

  private static String addresses(ServerAddressesFeature listening) {
    return listening.addresses().isEmpty()
        ? "the container has not told"
        : String.join(", ", listening.addresses());
  }

  private static @Nullable ServletContext container(HttpContext context) {
    HttpServletFeature servlet = context.features().get(HttpServletFeature.class);
    return servlet == null ? null : servlet.request().getServletContext();
  }
}
