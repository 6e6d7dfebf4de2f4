package org.pipebridge.jetty;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where a certificate of the server and its private key are kept.
 *
 * @since 0.1
 */
public sealed interface TlsCertificate {

  /**
   * Names PEM files: certificates, the server's own first, and an unencrypted PKCS#8 key.
   *
   * @param certificate the file of the certificate and of those that sign it
   * @param key the file of its key; the same one if it holds both
   * @return the certificate, not read yet
   */
  static TlsCertificate pem(Path certificate, Path key) {
    return new Pem(certificate, key);
  }

  /**
   * Names a PKCS#12 key store, all of whose keys are used.
   *
   * @param file the key store
   * @param password the password of the store and of its keys
   * @return the certificate, not read yet
   */
  static TlsCertificate keyStore(Path file, String password) {
    return new Store(file, password);
  }

  /**
   * Returns the files that hold it; the server reads them again when they change.
   *
   * @return the files
   */
  List<Path> files();

  /**
   * PEM files.
   *
   * @param certificate the file of the certificate and of those that sign it
   * @param key the file of its key
   * @since 0.1
   */
  record Pem(Path certificate, Path key) implements TlsCertificate {

    /**
     * Names the files.
     *
     * @param certificate the file of the certificate and of those that sign it
     * @param key the file of its key
     */
    public Pem {
      Objects.requireNonNull(certificate, "certificate");
      Objects.requireNonNull(key, "key");
    }

    @Override
    public List<Path> files() {
      return certificate.equals(key) ? List.of(certificate) : List.of(certificate, key);
    }
  }

  /**
   * A PKCS#12 key store.
   *
   * @param file the key store
   * @param password the password of the store and of its keys
   * @since 0.1
   */
  record Store(Path file, String password) implements TlsCertificate {

    /**
     * Names the key store.
     *
     * @param file the key store
     * @param password the password of the store and of its keys
     */
    public Store {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public List<Path> files() {
      return List.of(file);
    }

    /** Names the file, and keeps the password to itself. */
    @Override
    public String toString() {
      return "Store[file=" + file + "]";
    }
  }
}
