package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.LoopbackCertificate;

/** F43, F44, C4: what an application learns of a request over TLS (K103). */
final class TlsTest {

  @TempDir static Path folder;
  private static LoopbackCertificate certificate;
  private static SSLContext tls;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = LoopbackCertificate.make(folder);
    tls = certificate.context();
  }

  @Test
  void f43_tomcatTellsOfTls() throws Exception {
    TlsContainers.tomcat(folder, certificate, pipeline(), true, TlsTest::tellsOfTls);
  }

  @Test
  void f43_undertowTellsOfTls() throws Exception {
    TlsContainers.undertow(certificate, pipeline(), true, TlsTest::tellsOfTls);
  }

  private static PipelineServlet pipeline() {
    return new PipelineServlet(app -> app.run(TlsTest::tell));
  }

  private static void tell(HttpContext context) throws Exception {
    TlsConnectionFeature connection = context.features().require(TlsConnectionFeature.class);
    TlsHandshakeFeature handshake = context.features().require(TlsHandshakeFeature.class);
    context
        .response()
        .write(
            String.join(
                " ",
                context.request().scheme(),
                Boolean.toString(context.request().isHttps()),
                "" + connection.clientCertificate(),
                connection.clientCertificateChain().toString(),
                handshake.cipherSuite(),
                Integer.toString(handshake.keySize())));
  }

  private static void tellsOfTls(int port) throws Exception {
    URI uri = URI.create("https://localhost:" + port + "/");
    String told =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body();
    assertThat(told).matches("https true null \\[] TLS_[A-Z0-9_]+ (128|256)");
  }
}
