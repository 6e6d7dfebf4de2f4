package org.pipebridge.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/**
 * https addresses: what is agreed on, what the application learns, and which certificate is used.
 */
final class TlsTest {

  @TempDir static Path folder;
  private static Path ec;
  private static Path rsa;

  @BeforeAll
  static void makeCertificates() throws Exception {
    ec = Certificates.store(folder, "one.test", "EC");
    rsa = Certificates.store(folder, "two.test", "RSA");
  }

  @Test
  void f44_theApplicationLearnsWhatWasAgreedOn() throws Exception {
    try (TestHost host = TestHost.start(options(stored(ec)), TlsTest::tell)) {
      assertThat(host.address()).startsWith("https://127.0.0.1:");
      assertThat(ask(host, "one.test", Certificates.trusting()))
          .matches("https TLSv1.3 TLS_[A-Z0-9_]+ (128|256) one.test null \\[]");
      assertThat(ask(host, null, Certificates.trusting())).contains(" null null []");
    }
  }

  @Test
  void pemFilesServeToo() throws Exception {
    for (Path store : List.of(ec, rsa)) {
      TlsCertificate pem =
          TlsCertificate.pem(Certificates.certificate(store), Certificates.key(store));
      try (TestHost host = TestHost.start(options(pem), TlsTest::tell)) {
        assertThat(ask(host, null, Certificates.trusting())).startsWith("https TLSv1.3");
      }
    }
  }

  @Test
  void theCertificateOfTheNameIsUsedElseTheFirst() throws Exception {
    try (TestHost host = TestHost.start(options(stored(rsa), stored(ec)), TlsTest::tell)) {
      assertThat(certificate(host, "one.test")).isEqualTo("CN=one.test");
      assertThat(certificate(host, "two.test")).isEqualTo("CN=two.test");
    }
    Path another = Certificates.store(folder, "three.test", "EC");
    try (TestHost host = TestHost.start(options(stored(another), stored(ec)), TlsTest::tell)) {
      assertThat(certificate(host, null)).isEqualTo("CN=three.test");
      assertThat(certificate(host, "elsewhere.test")).isEqualTo("CN=three.test");
    }
  }

  @Test
  void f43_clientsAreAskedForCertificates() throws Exception {
    Path client = Certificates.store(folder, "client.test", "EC");
    Path authorities = Certificates.certificate(client);
    SSLContext known = Certificates.presenting(client);
    SSLContext unknown = Certificates.presenting(rsa);
    TlsOptions tls = TlsOptions.of(stored(ec));
    JettyOptions want = options(tls.withClientCertificates(ClientCertificates.WANT, authorities));
    try (TestHost host = TestHost.start(want, TlsTest::tell)) {
      assertThat(ask(host, null, known)).endsWith(" CN=client.test [CN=client.test]");
      assertThat(ask(host, null, Certificates.trusting())).endsWith(" null []");
    }
    JettyOptions need = options(tls.withClientCertificates(ClientCertificates.NEED, authorities));
    try (TestHost host = TestHost.start(need, TlsTest::tell)) {
      assertThat(ask(host, null, known)).endsWith(" CN=client.test [CN=client.test]");
      for (SSLContext refused : List.of(Certificates.trusting(), unknown)) {
        assertThatIOException().isThrownBy(() -> ask(host, null, refused));
      }
    }
    try (TestHost host = TestHost.start(options(stored(ec)), TlsTest::tell)) {
      assertThat(ask(host, null, known)).endsWith(" null []");
    }
  }

  @Test
  void s27_aChangedCertificateIsUsedAndABrokenOneIsNot() throws Exception {
    Path file = Files.copy(ec, folder.resolve("changing.p12"));
    try (Logged logged = Logged.of(JettyServer.class);
        TestHost host = TestHost.start(options(stored(file)), TlsTest::tell)) {
      replace(file, Certificates.store(folder, "new.test", "EC"));
      logged.await("changed certificates are used");
      assertThat(certificate(host, null)).isEqualTo("CN=new.test");
      replace(file, Files.writeString(folder.resolve("rubbish"), "rubbish"));
      assertThat(logged.await("old ones stay in use")).contains(file.toString(), "PKCS#12");
      assertThat(certificate(host, null)).isEqualTo("CN=new.test");
      replace(file, rsa);
      logged.await("changed certificates are used");
      assertThat(certificate(host, null)).isEqualTo("CN=two.test");
      assertThat(logged.count("old ones stay in use")).isEqualTo(1);
    }
  }

  @Test
  void s27_anExpiredCertificateIsUsedWithAWarning() throws Exception {
    Path expired =
        Certificates.store(folder, "old.test", "EC", "-startdate", "-9d", "-validity", "2");
    try (Logged logged = Logged.of(JettyServer.class);
        TestHost host = TestHost.start(options(stored(expired)), TlsTest::tell)) {
      assertThat(logged.await("expired")).contains(expired.toString());
      assertThat(certificate(host, null)).isEqualTo("CN=old.test");
    }
  }

  @Test
  void q7_whatIsMalformedIsRefusedAsWithoutTls() throws Exception {
    try (TestHost host = TestHost.start(options(stored(ec)), TlsTest::tell)) {
      assertThat(host.exchange("GET  / HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close\r\n")
          .endsWith("\r\n\r\n");
      assertThat(host.exchange("GET * HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 405 ");
      assertThat(host.exchange("GET /%zz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void a1_anAbortIsNoProperEndOfTls() throws Exception {
    Handler application =
        context -> {
          context.response().write("some");
          context.response().flush();
          context.abort();
        };
    try (TestHost host = TestHost.start(options(stored(ec)), application);
        RawClient client = host.connect()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      client.readToEnd();
      assertThat(client.wasReset()).isTrue();
    }
  }

  @Test
  void a3_aClientThatLeavesIsNoticed() throws Exception {
    Soon.assertSoon(TlsTest::noticing);
  }

  private static Duration noticing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Long> aborted = new CompletableFuture<>();
    Handler application =
        context -> {
          context.aborted().thenRun(() -> aborted.complete(System.nanoTime()));
          begun.countDown();
          aborted.get(20, SECONDS);
        };
    try (TestHost host = TestHost.start(options(stored(ec)), application)) {
      RawClient client = host.connect().get("/");
      assertThat(begun.await(20, SECONDS)).isTrue();
      long before = System.nanoTime();
      client.close();
      return Duration.ofNanos(aborted.get(20, SECONDS) - before);
    }
  }

  @Test
  void s4_idleConnectionsDoNotHinderAStop() throws Exception {
    TestHost host = TestHost.start(options(stored(ec)), TlsTest::tell);
    try (RawClient client = host.connect()) {
      assertThat(client.get("/").answer()).startsWith("HTTP/1.1 200 ");
      long begun = System.nanoTime();
      host.close(); // which lets requests have half a minute
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      assertThat(client.readToEnd()).isEmpty();
    }
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
                handshake.protocol(),
                handshake.cipherSuite(),
                Integer.toString(handshake.keySize()),
                handshake.serverName(),
                name(connection.clientCertificate()),
                connection.clientCertificateChain().stream()
                    .map(TlsTest::name)
                    .toList()
                    .toString()));
  }

  private static String name(@Nullable X509Certificate certificate) {
    return certificate == null ? "null" : certificate.getSubjectX500Principal().getName();
  }

  private static TlsCertificate stored(Path store) {
    return TlsCertificate.keyStore(store, Certificates.PASSWORD);
  }

  private static JettyOptions options(TlsCertificate... certificates) {
    return options(TlsOptions.of(certificates));
  }

  private static JettyOptions options(TlsOptions tls) {
    return JettyOptions.DEFAULT.withTls(tls);
  }

  private static void replace(Path file, Path by) throws IOException {
    Path beside = Files.copy(by, Path.of(file + ".new"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String ask(TestHost host, @Nullable String name, SSLContext tls)
      throws IOException {
    try (SSLSocket socket = connect(host, name, tls)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
      String answer = new String(socket.getInputStream().readAllBytes());
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  private static String certificate(TestHost host, @Nullable String name) throws IOException {
    try (SSLSocket socket = connect(host, name, Certificates.trusting())) {
      return name((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }
  }

  private static SSLSocket connect(TestHost host, @Nullable String name, SSLContext tls)
      throws IOException {
    URI address = URI.create(host.address());
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(address.getHost(), address.getPort());
    socket.setSoTimeout(10_000);
    SSLParameters parameters = socket.getSSLParameters();
    if (name != null) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
