package org.pipebridge.jetty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SniX509ExtendedKeyManager.SniSelector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS, which follows its files: what has changed, and has rested since the
 * last look, is read again, and is used for new connections if it is right.
 */
final class Tls {

  private static final System.Logger LOG = System.getLogger(JettyServer.class.getName());
  private static final long PERIOD_MILLIS = 1000;

  /** Of a key store that never leaves memory. */
  private static final String PASSWORD = "memory";

  private final TlsOptions options;
  private final Server jetty;
  private final SslContextFactory.Server factory;
  private List<String> used;
  private List<String> seen;
  private volatile boolean stopped;

  /**
   * Reads the certificates.
   *
   * @throws IOException with one line that names the file and says what is wrong
   */
  Tls(TlsOptions options, Server jetty) throws IOException {
    this.options = options;
    this.jetty = jetty;
    this.used = state();
    this.seen = used;
    this.factory = newFactory(keys(), authorities());
    factory.setSNISelector(this::select);
    jetty.addBean(factory);
  }

  private SslContextFactory.Server newFactory(KeyStore keys, KeyStore authorities) {
    SslContextFactory.Server made = new SslContextFactory.Server();
    made.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    made.setCipherComparator(HTTP2Cipher.COMPARATOR);
    made.setRenegotiationAllowed(false);
    made.setWantClientAuth(options.clientCertificates() == ClientCertificates.WANT);
    made.setNeedClientAuth(options.clientCertificates() == ClientCertificates.NEED);
    made.setKeyStorePassword(PASSWORD);
    made.setKeyStore(keys);
    made.setTrustStore(authorities);
    return made;
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Begins to follow the files. */
  void follow() {
    if (!stopped) {
      jetty.getScheduler().schedule(this::dispatch, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void stop() {
    stopped = true;
  }

  private void dispatch() {
    if (!stopped) {
      jetty.getThreadPool().execute(this::look); // the scheduler's thread does not wait for disks
    }
  }

  private void look() {
    List<String> now = state();
    boolean rested = now.equals(seen);
    seen = now;
    if (rested && !now.equals(used)) {
      used = now;
      reload();
    }
    follow();
  }

  private void reload() {
    try {
      KeyStore keys = keys();
      KeyStore authorities = authorities();
      SslContextFactory.Server trial = newFactory(keys, authorities);
      trial.start(); // a reload that fails would leave nothing to serve with
      trial.stop();
      factory.reload(
          changed -> {
            changed.setKeyStore(keys);
            changed.setTrustStore(authorities);
          });
      LOG.log(System.Logger.Level.INFO, "The changed certificates are used from now on");
    } catch (Exception e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The certificates have changed, and the old ones stay in use: {0}",
          e.getMessage());
    }
  }

  /** What the files look like from outside. */
  private List<String> state() {
    List<Path> files = new ArrayList<>();
    options.certificates().forEach(certificate -> files.addAll(certificate.files()));
    if (options.clientAuthorities() != null) {
      files.add(options.clientAuthorities());
    }
    return files.stream().map(Tls::state).toList();
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "missing";
    }
  }

  private KeyStore keys() throws IOException {
    try {
      KeyStore store = empty();
      int number = 0;
      for (TlsCertificate certificate : options.certificates()) {
        for (KeyMaterial material : KeyMaterial.load(certificate)) {
          Certificate[] chain = material.chain().toArray(Certificate[]::new);
          store.setKeyEntry(
              "%04d".formatted(number++), material.key(), PASSWORD.toCharArray(), chain);
        }
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
    }
  }

  /** Empty if nobody is asked, since Jetty would trust the server's own certificate then. */
  private KeyStore authorities() throws IOException {
    try {
      KeyStore store = empty();
      Path file = options.clientAuthorities();
      if (file != null) {
        for (X509Certificate certificate : KeyMaterial.certificates(file)) {
          store.setCertificateEntry("%04d".formatted(store.size()), certificate);
        }
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authorities cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** The certificate that has the name, else the first one, where Java would take any. */
  private @Nullable String select(
      String keyType,
      Principal @Nullable [] issuers,
      @Nullable SSLSession session,
      @Nullable String name,
      Collection<X509> certificates) {
    @Nullable String alias = factory.sniSelect(keyType, issuers, session, name, certificates);
    if (!SniSelector.DELEGATE.equals(alias)) {
      return alias;
    }
    return certificates.stream().map(X509::getAlias).min(Comparator.naturalOrder()).orElse(alias);
  }
}
