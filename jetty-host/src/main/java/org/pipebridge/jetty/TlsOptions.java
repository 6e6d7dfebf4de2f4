package org.pipebridge.jetty;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link JettyServer} speaks TLS 1.3 and 1.2 on its https addresses.
 *
 * <p>ASP.NET Core: {@code HttpsConnectionAdapterOptions}.
 *
 * @param certificates the server's certificates; the one that has the name a client asks for is
 *     used, else the first. Without any there are no https addresses (S24)
 * @param clientCertificates whether clients are asked for certificates (F43)
 * @param clientAuthorities a PEM file of the certificates that sign those of clients, or null if
 *     clients are not asked
 * @since 0.1
 */
public record TlsOptions(
    List<TlsCertificate> certificates,
    ClientCertificates clientCertificates,
    @Nullable Path clientAuthorities) {

  /** No certificate, hence no https. */
  public static final TlsOptions NONE = of();

  /**
   * Checks that clients are asked only for what can be checked.
   *
   * @param certificates the server's certificates
   * @param clientCertificates whether clients are asked for certificates (F43)
   * @param clientAuthorities a PEM file of the certificates that sign those of clients, or null
   * @throws IllegalArgumentException if clients are asked, and nobody is trusted to sign
   */
  public TlsOptions {
    certificates = List.copyOf(certificates);
    Objects.requireNonNull(clientCertificates, "clientCertificates");
    if (clientCertificates != ClientCertificates.NONE && clientAuthorities == null) {
      throw new IllegalArgumentException(
          "clientCertificates "
              + clientCertificates
              + " needs clientAuthorities: the certificates that sign those of clients");
    }
  }

  /**
   * Makes options that ask clients for nothing.
   *
   * @param certificates the server's certificates
   * @return the options
   */
  public static TlsOptions of(TlsCertificate... certificates) {
    return new TlsOptions(List.of(certificates), ClientCertificates.NONE, null);
  }

  /**
   * Returns these options for clients with certificates.
   *
   * @param clientCertificates whether clients are asked for certificates
   * @param clientAuthorities a PEM file of the certificates that sign those of clients
   * @return the options
   */
  public TlsOptions withClientCertificates(
      ClientCertificates clientCertificates, Path clientAuthorities) {
    return new TlsOptions(certificates, clientCertificates, clientAuthorities);
  }
}
