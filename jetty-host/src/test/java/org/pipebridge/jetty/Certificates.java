package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates that sign themselves, made by the keytool of the JDK that runs the tests. */
final class Certificates {

  static final String PASSWORD = "secret";

  private Certificates() {}

  /** Makes a key store of one key, whose certificate is for a host name. */
  static Path store(Path folder, String host, String algorithm, String... more) throws Exception {
    Path store = folder.resolve(host + "-" + algorithm + "-" + System.nanoTime() + ".p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "key", "-keyalg", algorithm));
    command.addAll(List.of("-dname", "CN=" + host, "-ext", "san=dns:" + host));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
    command.addAll(List.of(more));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).as("exit code of keytool").isZero();
    return store;
  }

  /** Writes the certificate of a key store as PEM, beside it. */
  static Path certificate(Path store) throws Exception {
    byte[] bytes = load(store).getCertificate("key").getEncoded();
    return Files.writeString(Path.of(store + ".crt"), pem("CERTIFICATE", bytes));
  }

  /** Writes the key of a key store as PEM, beside it. */
  static Path key(Path store) throws Exception {
    byte[] bytes = load(store).getKey("key", PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(Path.of(store + ".key"), pem("PRIVATE KEY", bytes));
  }

  static String pem(String label, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /** What a client uses that believes every server, without a certificate of its own. */
  static SSLContext trusting() {
    return context(null);
  }

  /** The same with a certificate of the client's own. */
  static SSLContext presenting(Path store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(store), PASSWORD.toCharArray());
    return context(keys.getKeyManagers());
  }

  private static SSLContext context(KeyManager[] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new Trusting()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
