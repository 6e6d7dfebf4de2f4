package org.pipebridge.jetty;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.pipebridge.server.ServerOptions;

/**
 * What a {@link JettyServer} is made with. Start from {@link #DEFAULT} and change what differs.
 *
 * <p>ASP.NET Core: {@code KestrelServerOptions} and {@code KestrelServerLimits}.
 *
 * @param requests what each request begins with
 * @param virtualThreads whether requests run on virtual threads
 * @param maxThreads how many requests may run at once on platform threads
 * @param maxRequestLineBytes the longest request line, beyond it 414 (Q2)
 * @param maxHeaderBytes the largest total of header lines, beyond it 431 (Q4)
 * @param maxHeaderCount the largest number of header lines, beyond it 431 (Q4)
 * @param minDataRates how fast clients must be once they are waited for (L12)
 * @param headerTimeout how long a client may take to send a request head, beyond it 408 (Q4)
 * @param idleTimeout how long a connection may be idle, and a client may let an operation wait,
 *     until it is closed (Q4)
 * @param drainTimeout how long unread content is taken in after a response until the connection is
 *     closed (Q30)
 * @param serverHeader whether responses have a {@code Server} header of ours (R28)
 * @param http2 whether HTTP/2 is spoken: by prior knowledge on http, if agreed on (ALPN) on https
 * @param tls the certificates for https
 * @since 0.1
 */
public record JettyOptions(
    ServerOptions requests,
    VirtualThreads virtualThreads,
    int maxThreads,
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxHeaderCount,
    MinDataRates minDataRates,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration drainTimeout,
    boolean serverHeader,
    boolean http2,
    TlsOptions tls) {

  /**
   * Limits as in the contract, virtual threads where there are some, no {@code Server} header,
   * HTTP/2.
   */
  public static final JettyOptions DEFAULT =
      new JettyOptions(
          ServerOptions.DEFAULT,
          VirtualThreads.AUTO,
          200,
          8 * 1024,
          32 * 1024,
          100,
          MinDataRates.NONE,
          Duration.ofSeconds(30),
          Duration.ofSeconds(130),
          Duration.ofSeconds(5),
          false,
          true,
          TlsOptions.NONE);

  /**
   * Checks the limits (L8).
   *
   * @param requests what each request begins with
   * @param virtualThreads whether requests run on virtual threads
   * @param maxThreads how many requests may run at once on platform threads
   * @param maxRequestLineBytes the longest request line, beyond it 414 (Q2)
   * @param maxHeaderBytes the largest total of header lines, beyond it 431 (Q4)
   * @param maxHeaderCount the largest number of header lines, beyond it 431 (Q4)
   * @param minDataRates how fast clients must be once they are waited for (L12)
   * @param headerTimeout how long a client may take to send a request head, beyond it 408 (Q4)
   * @param idleTimeout how long a connection may be idle, and a client may let an operation wait,
   *     until it is closed (Q4)
   * @param drainTimeout how long unread content is taken in after a response until the connection
   *     is closed (Q30)
   * @param serverHeader whether responses have a {@code Server} header of ours (R28)
   * @param http2 whether HTTP/2 is spoken
   * @param tls the certificates for https
   * @throws IllegalArgumentException if one is zero or negative, naming it
   */
  public JettyOptions {
    Objects.requireNonNull(requests, "requests");
    Objects.requireNonNull(virtualThreads, "virtualThreads");
    requirePositive("maxThreads", maxThreads);
    requirePositive("maxRequestLineBytes", maxRequestLineBytes);
    requirePositive("maxHeaderBytes", maxHeaderBytes);
    requirePositive("maxHeaderCount", maxHeaderCount);
    Objects.requireNonNull(minDataRates, "minDataRates");
    requirePositive("headerTimeout", headerTimeout);
    requirePositive("idleTimeout", idleTimeout);
    requirePositive("drainTimeout", drainTimeout);
    Objects.requireNonNull(tls, "tls");
  }

  /**
   * Returns these options with another value.
   *
   * @param requests what each request begins with
   * @return the options
   */
  public JettyOptions withRequests(ServerOptions requests) {
    return with(draft -> draft.requests = requests);
  }

  /**
   * Returns these options with another value.
   *
   * @param virtualThreads whether requests run on virtual threads
   * @return the options
   */
  public JettyOptions withVirtualThreads(VirtualThreads virtualThreads) {
    return with(draft -> draft.virtualThreads = virtualThreads);
  }

  /**
   * Returns these options with another value.
   *
   * @param maxThreads how many requests may run at once on platform threads
   * @return the options
   */
  public JettyOptions withMaxThreads(int maxThreads) {
    return with(draft -> draft.maxThreads = maxThreads);
  }

  /**
   * Returns these options with another value.
   *
   * @param maxRequestLineBytes the longest request line
   * @return the options
   */
  public JettyOptions withMaxRequestLineBytes(int maxRequestLineBytes) {
    return with(draft -> draft.maxRequestLineBytes = maxRequestLineBytes);
  }

  /**
   * Returns these options with another value.
   *
   * @param maxHeaderBytes the largest total of header lines
   * @return the options
   */
  public JettyOptions withMaxHeaderBytes(int maxHeaderBytes) {
    return with(draft -> draft.maxHeaderBytes = maxHeaderBytes);
  }

  /**
   * Returns these options with another value.
   *
   * @param maxHeaderCount the largest number of header lines
   * @return the options
   */
  public JettyOptions withMaxHeaderCount(int maxHeaderCount) {
    return with(draft -> draft.maxHeaderCount = maxHeaderCount);
  }

  /**
   * Returns these options with another value.
   *
   * @param minDataRates how fast clients must be once they are waited for
   * @return the options
   */
  public JettyOptions withMinDataRates(MinDataRates minDataRates) {
    return with(draft -> draft.minDataRates = minDataRates);
  }

  /**
   * Returns these options with another value.
   *
   * @param headerTimeout how long a client may take to send a request head
   * @return the options
   */
  public JettyOptions withHeaderTimeout(Duration headerTimeout) {
    return with(draft -> draft.headerTimeout = headerTimeout);
  }

  /**
   * Returns these options with another value.
   *
   * @param idleTimeout how long a connection may be idle
   * @return the options
   */
  public JettyOptions withIdleTimeout(Duration idleTimeout) {
    return with(draft -> draft.idleTimeout = idleTimeout);
  }

  /**
   * Returns these options with another value.
   *
   * @param drainTimeout how long unread content is taken in
   * @return the options
   */
  public JettyOptions withDrainTimeout(Duration drainTimeout) {
    return with(draft -> draft.drainTimeout = drainTimeout);
  }

  /**
   * Returns these options with another value.
   *
   * @param serverHeader whether responses have a {@code Server} header of ours
   * @return the options
   */
  public JettyOptions withServerHeader(boolean serverHeader) {
    return with(draft -> draft.serverHeader = serverHeader);
  }

  /**
   * Returns these options with another value.
   *
   * @param http2 whether HTTP/2 is spoken
   * @return the options
   */
  public JettyOptions withHttp2(boolean http2) {
    return with(draft -> draft.http2 = http2);
  }

  /**
   * Returns these options with another value.
   *
   * @param tls the certificates for https
   * @return the options
   */
  public JettyOptions withTls(TlsOptions tls) {
    return with(draft -> draft.tls = tls);
  }

  private JettyOptions with(Consumer<JettyOptionsDraft> change) {
    JettyOptionsDraft draft = new JettyOptionsDraft(this);
    change.accept(draft);
    return draft.options();
  }

  private static void requirePositive(String key, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(key + " must be positive, but is " + value);
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (Objects.requireNonNull(value, key).isNegative() || value.toMillis() == 0) {
      throw new IllegalArgumentException(key + " must be positive, but is " + value);
    }
  }
}
