package org.pipebridge.test.servers;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.jetty.JettyOptions;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.jetty.TlsCertificate;
import org.pipebridge.jetty.TlsOptions;
import org.pipebridge.test.LoopbackCertificate;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the project's own host, over HTTP/1.1 with TLS. */
final class JettyTlsConformanceTest extends ServerConformance {

  @TempDir static Path folder;

  @Override
  protected ServerUnderTest server() {
    try {
      LoopbackCertificate certificate = LoopbackCertificate.make(folder);
      SSLContext client = certificate.context();
      JettyOptions options =
          JettyOptions.DEFAULT.withTls(
              TlsOptions.of(
                  TlsCertificate.keyStore(certificate.store(), LoopbackCertificate.PASSWORD)));
      return ServerUnderTest.hosting(
          "JettyServer with TLS", () -> new JettyServer(options), client);
    } catch (Exception e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }
}
