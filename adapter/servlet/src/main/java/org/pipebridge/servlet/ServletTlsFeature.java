package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.server.exchange.Exchange;

/** What the container tells of TLS in request attributes (F43, F44; Servlet 6.0, section 3.10). */
final class ServletTlsFeature implements TlsConnectionFeature, TlsHandshakeFeature {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final String PROTOCOL = "jakarta.servlet.request.secure_protocol";
  private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";
  private static final String KEY_SIZE = "jakarta.servlet.request.key_size";

  private final Exchange exchange;
  private final @Nullable SSLSession session;
  private final @Nullable String protocol;
  private final String cipherSuite;
  private final int keySize;
  private final List<X509Certificate> chain;
  private @Nullable X509Certificate certificate;

  ServletTlsFeature(ServletTransport transport) {
    HttpServletRequest request = transport.request();
    this.exchange = transport.exchange();
    this.session = transport.server().tlsSession(request);
    this.protocol =
        session == null ? (String) request.getAttribute(PROTOCOL) : session.getProtocol();
    this.cipherSuite = request.getAttribute(CIPHER_SUITE) instanceof String suite ? suite : "";
    this.keySize = request.getAttribute(KEY_SIZE) instanceof Integer bits ? bits : 0;
    this.chain =
        request.getAttribute(CERTIFICATES) instanceof X509Certificate[] given
            ? List.of(given)
            : List.of();
    this.certificate = chain.isEmpty() ? null : chain.get(0);
  }

  @Override
  public @Nullable X509Certificate clientCertificate() {
    exchange.checkAlive();
    return certificate;
  }

  @Override
  public void setClientCertificate(@Nullable X509Certificate certificate) {
    exchange.checkAlive();
    this.certificate = certificate;
  }

  @Override
  public List<X509Certificate> clientCertificateChain() {
    exchange.checkAlive();
    return chain;
  }

  @Override
  public @Nullable String protocol() {
    exchange.checkAlive();
    return protocol;
  }

  @Override
  public String cipherSuite() {
    exchange.checkAlive();
    return cipherSuite;
  }

  @Override
  public int keySize() {
    exchange.checkAlive();
    return keySize;
  }

  @Override
  public @Nullable String serverName() {
    exchange.checkAlive();
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null; // no servlet attribute carries it
  }
}
