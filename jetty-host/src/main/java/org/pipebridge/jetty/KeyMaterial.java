package org.pipebridge.jetty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificates that vouch for it, read and checked.
 *
 * @param chain the certificate of the key first
 */
record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

  private static final System.Logger LOG = System.getLogger(JettyServer.class.getName());

  /**
   * Reads a certificate of the server.
   *
   * @throws IOException with one line that names the file and says what is wrong
   */
  static List<KeyMaterial> load(TlsCertificate source) throws IOException {
    if (source instanceof TlsCertificate.Pem pem) {
      return List.of(load(pem));
    }
    return load((TlsCertificate.Store) source);
  }

  private static KeyMaterial load(TlsCertificate.Pem pem) throws IOException {
    List<X509Certificate> chain = certificates(pem.certificate());
    X509Certificate own = chain.get(0);
    byte[] file = read(pem.key());
    PrivateKey key;
    try {
      key = Pem.key(file, own.getPublicKey().getAlgorithm());
    } catch (GeneralSecurityException e) {
      throw refused(pem.key(), String.valueOf(e.getMessage()), e);
    }
    if (!belongTogether(key, own.getPublicKey())) {
      throw refused(pem.key(), "its key is not that of the certificate " + pem.certificate(), null);
    }
    warnUnlessValid(pem.certificate(), own);
    return new KeyMaterial(key, chain);
  }

  /** Reads the certificates of a PEM file. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    byte[] bytes = read(file);
    try {
      return Pem.certificates(bytes);
    } catch (GeneralSecurityException e) {
      throw refused(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<KeyMaterial> load(TlsCertificate.Store source) throws IOException {
    byte[] bytes = read(source.file());
    char[] password = source.password().toCharArray();
    List<KeyMaterial> all = new ArrayList<>();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password);
        if (key instanceof PrivateKey secret && store.getCertificateChain(alias) != null) {
          all.add(new KeyMaterial(secret, chain(store, alias)));
        }
      }
    } catch (IOException e) {
      boolean locked = e.getCause() instanceof UnrecoverableKeyException;
      throw refused(source.file(), locked ? "wrong password" : "it is no PKCS#12 key store", e);
    } catch (GeneralSecurityException e) {
      throw refused(source.file(), String.valueOf(e.getMessage()), e);
    }
    if (all.isEmpty()) {
      throw refused(source.file(), "it holds no private key with a certificate", null);
    }
    all.forEach(material -> warnUnlessValid(source.file(), material.chain().get(0)));
    return all;
  }

  private static List<X509Certificate> chain(KeyStore store, String alias)
      throws GeneralSecurityException {
    return Arrays.stream(store.getCertificateChain(alias))
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm(); // EdDSA, RSASSA-PSS
        };
    try {
      byte[] text = {'p', 'i', 'p', 'e'};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void warnUnlessValid(Path file, X509Certificate certificate) {
    Instant now = Instant.now();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isAfter(to)) {
      LOG.log(System.Logger.Level.WARNING, "The certificate {0} expired on {1}", file, to);
    } else if (now.isBefore(from)) {
      LOG.log(System.Logger.Level.WARNING, "The certificate {0} is valid from {1}", file, from);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw refused(file, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw refused(file, "it may not be read", e);
    } catch (IOException e) {
      throw refused(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IOException refused(Path file, String reason, @Nullable Throwable cause) {
    return new IOException("cannot use " + file + " for TLS: " + reason, cause);
  }
}
