package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for TLS, and what is said of that which cannot be used. */
final class TlsMaterialTest {

  @TempDir static Path folder;
  private static Path store;
  private static Path certificate;
  private static Path key;

  @BeforeAll
  static void makeOne() throws Exception {
    store = Certificates.store(folder, "one.test", "EC");
    certificate = Certificates.certificate(store);
    key = Certificates.key(store);
  }

  @Test
  void aCertificateIsReadWithItsKeyFromPemOrAStore() throws Exception {
    Path both = write("both", Files.readString(key) + Files.readString(certificate));
    KeyMaterial stored = load(TlsCertificate.keyStore(store, Certificates.PASSWORD));
    for (TlsCertificate source :
        new TlsCertificate[] {
          TlsCertificate.pem(certificate, key), TlsCertificate.pem(both, both)
        }) {
      assertThat(load(source).chain()).isEqualTo(stored.chain());
      assertThat(load(source).key()).isEqualTo(stored.key());
    }
  }

  @Test
  void theCertificatesOfAFileAreAChain() throws Exception {
    Path other = Certificates.certificate(Certificates.store(folder, "two.test", "RSA"));
    Path chain =
        write("chain", "subject=one\n" + Files.readString(certificate) + Files.readString(other));
    assertThat(load(TlsCertificate.pem(chain, key)).chain())
        .extracting(one -> one.getSubjectX500Principal().getName())
        .containsExactly("CN=one.test", "CN=two.test");
  }

  @Test
  void s27_whatCannotBeUsedIsNamedWithItsReason() throws Exception {
    Path missing = folder.resolve("missing");
    Path rubbish = write("rubbish", "nothing of the kind");
    Path otherStore = Certificates.store(folder, "two.test", "RSA");
    Path other = Certificates.key(otherStore);
    Path sameKind = Certificates.key(Certificates.store(folder, "three.test", "EC"));
    Path encrypted = write("encrypted", Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[9]));
    Path old = write("old", Certificates.pem("RSA PRIVATE KEY", new byte[9]));
    Path torn = write("torn", Certificates.pem("PRIVATE KEY", new byte[9]).replace("AA", "A?"));
    isRefused(TlsCertificate.pem(missing, key), missing, "there is no such file");
    isRefused(TlsCertificate.pem(certificate, missing), missing, "there is no such file");
    isRefused(TlsCertificate.pem(rubbish, key), rubbish, "no certificate in PEM");
    isRefused(TlsCertificate.pem(certificate, rubbish), rubbish, "no private key in PEM");
    isRefused(TlsCertificate.pem(certificate, other), other, "its key is no EC key");
    isRefused(TlsCertificate.pem(certificate, sameKind), sameKind, "not that of the certificate");
    isRefused(TlsCertificate.pem(certificate, encrypted), encrypted, "is encrypted");
    isRefused(TlsCertificate.pem(certificate, old), old, "not in PKCS#8");
    isRefused(TlsCertificate.pem(certificate, torn), torn, "its Base64 is malformed");
    isRefused(TlsCertificate.keyStore(store, "wrong"), store, "wrong password");
    isRefused(TlsCertificate.keyStore(certificate, ""), certificate, "no PKCS#12 key store");
    isRefused(TlsCertificate.keyStore(missing, ""), missing, "there is no such file");
  }

  @Test
  void s27_theProgramSaysSoInOneLine() {
    Path missing = folder.resolve("missing");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            new String[] {
              "--startup=" + MainTest.Slow.class.getName(),
              "--urls=https://127.0.0.1:0",
              "--certificate=" + missing
            },
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(status).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("pipebridge: cannot use " + missing + " for TLS: there is no such file");
  }

  @Test
  void settingsBecomeOptions() {
    TlsOptions options =
        JettyHost.options(
                JettyHost.settings(
                    "--certificate=a.crt; b.crt",
                    "--certificateKey=a.key;b.key",
                    "--keyStore=c.p12",
                    "--keyStorePassword=hidden",
                    "--clientCertificates=want",
                    "--clientAuthorities=ca.crt"))
            .tls();
    assertThat(options)
        .isEqualTo(
            TlsOptions.of(
                    TlsCertificate.pem(Path.of("a.crt"), Path.of("a.key")),
                    TlsCertificate.pem(Path.of("b.crt"), Path.of("b.key")),
                    TlsCertificate.keyStore(Path.of("c.p12"), "hidden"))
                .withClientCertificates(ClientCertificates.WANT, Path.of("ca.crt")));
    assertThat(options.toString()).doesNotContain("hidden");
    assertThat(options.certificates().get(0).files())
        .containsExactly(Path.of("a.crt"), Path.of("a.key"));
  }

  @Test
  void l8_aMalformedSettingIsRefusedByName() {
    isRefused("certificateKey", "--certificate=a", "--certificateKey=a;b");
    isRefused("clientAuthorities", "--certificate=a", "--clientCertificates=need");
    isRefused("clientCertificates", "--clientCertificates=all");
    isRefused("http2", "--http2=maybe");
  }

  private static void isRefused(String key, String... arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JettyHost.options(JettyHost.settings(arguments)))
        .withMessageContaining(key);
  }

  private static void isRefused(TlsCertificate source, Path file, String reason) {
    assertThatIOException()
        .isThrownBy(() -> KeyMaterial.load(source))
        .withMessageContaining("cannot use " + file + " for TLS: ")
        .withMessageContaining(reason);
  }

  private static KeyMaterial load(TlsCertificate source) throws Exception {
    return KeyMaterial.load(source).get(0);
  }

  private static Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
