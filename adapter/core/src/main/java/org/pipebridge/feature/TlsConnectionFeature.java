package org.pipebridge.feature;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's certificate (F43); https only.
 *
 * <p>ASP.NET Core: {@code ITlsConnectionFeature}.
 *
 * @since 0.1
 */
public interface TlsConnectionFeature {

  /**
   * Returns the certificate the client gave in the handshake.
   *
   * @return the certificate, or null if it gave none
   */
  @Nullable X509Certificate clientCertificate();

  /**
   * Sets the certificate as the pipeline sees it.
   *
   * @param certificate the certificate, or null for none
   */
  void setClientCertificate(@Nullable X509Certificate certificate);

  /**
   * Returns the certificate with those that sign it.
   *
   * @return the chain, the client's own first; empty if it gave none
   */
  List<X509Certificate> clientCertificateChain();
}
