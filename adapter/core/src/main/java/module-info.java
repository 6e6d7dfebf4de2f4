/**
 * The feature model, the pipeline and the hosting API of Pipebridge.
 *
 * <p>Nothing here knows a container: a server, wherever it lives, brings a request as a set of
 * features, and the application sees those alone.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the modules of the qualified exports are built after this one
module org.pipebridge.core {
  requires static transitive org.jspecify;

  exports org.pipebridge.feature;
  exports org.pipebridge.hosting;
  exports org.pipebridge.http;
  exports org.pipebridge.internal to
      org.pipebridge.servlet,
      org.pipebridge.jetty,
      org.pipebridge.test;
  exports org.pipebridge.pipeline;
  exports org.pipebridge.server;
  exports org.pipebridge.server.exchange to
      org.pipebridge.servlet,
      org.pipebridge.jetty,
      org.pipebridge.test;

  uses org.pipebridge.hosting.Startup;
}
