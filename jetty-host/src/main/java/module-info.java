/** The server and the main that run a Pipebridge application on embedded Jetty. */
@org.jspecify.annotations.NullMarked
module org.pipebridge.jetty {
  requires transitive org.pipebridge.core;
  requires org.pipebridge.servlet;
  requires org.eclipse.jetty.ee10.servlet;
  requires transitive org.eclipse.jetty.server;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.http2.server;
  requires java.logging;
  requires static org.jspecify;

  exports org.pipebridge.jetty;

  uses org.eclipse.jetty.io.ssl.ALPNProcessor.Server;
  uses org.pipebridge.hosting.Startup;
}
