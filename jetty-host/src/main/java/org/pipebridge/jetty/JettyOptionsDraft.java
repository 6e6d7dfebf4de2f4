package org.pipebridge.jetty;

import java.time.Duration;
import org.pipebridge.server.ServerOptions;

/** Options on their way to other ones: a record can change one component only by naming all. */
final class JettyOptionsDraft {

  ServerOptions requests;
  VirtualThreads virtualThreads;
  int maxThreads;
  int maxRequestLineBytes;
  int maxHeaderBytes;
  int maxHeaderCount;
  MinDataRates minDataRates;
  Duration headerTimeout;
  Duration idleTimeout;
  Duration drainTimeout;
  boolean serverHeader;
  boolean http2;
  TlsOptions tls;

  JettyOptionsDraft(JettyOptions options) {
    requests = options.requests();
    virtualThreads = options.virtualThreads();
    maxThreads = options.maxThreads();
    maxRequestLineBytes = options.maxRequestLineBytes();
    maxHeaderBytes = options.maxHeaderBytes();
    maxHeaderCount = options.maxHeaderCount();
    minDataRates = options.minDataRates();
    headerTimeout = options.headerTimeout();
    idleTimeout = options.idleTimeout();
    drainTimeout = options.drainTimeout();
    serverHeader = options.serverHeader();
    http2 = options.http2();
    tls = options.tls();
  }

  JettyOptions options() {
    return new JettyOptions(
        requests,
        virtualThreads,
        maxThreads,
        maxRequestLineBytes,
        maxHeaderBytes,
        maxHeaderCount,
        minDataRates,
        headerTimeout,
        idleTimeout,
        drainTimeout,
        serverHeader,
        http2,
        tls);
  }
}
