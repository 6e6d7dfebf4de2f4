package org.pipebridge.jetty;

import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.hosting.WebHostBuilder;

/**
 * Begins a {@link WebHost} on a {@link JettyServer} whose options are settings of the host.
 *
 * <pre>{@code
 * JettyHost.builder(args)
 *     .startup(app -> app.run(context -> context.response().write("Hello")))
 *     .build()
 *     .run();
 * }</pre>
 *
 * <p>ASP.NET Core: {@code WebHost.CreateDefaultBuilder}.
 *
 * @since 0.1
 */
public final class JettyHost {

  /** Whether requests run on virtual threads: auto, on or off. */
  public static final String VIRTUAL_THREADS = "virtualThreads";

  /** How many requests may run at once on platform threads: a number. */
  public static final String MAX_THREADS = "maxThreads";

  /** The limit for request content in bytes (L1): a number, or "unlimited". */
  public static final String MAX_REQUEST_BODY_SIZE = "maxRequestBodySize";

  /** The longest request line in bytes: a number. */
  public static final String MAX_REQUEST_LINE_BYTES = "maxRequestLineBytes";

  /** The largest total of header lines in bytes: a number. */
  public static final String MAX_HEADER_BYTES = "maxHeaderBytes";

  /** The largest number of header lines: a number. */
  public static final String MAX_HEADER_COUNT = "maxHeaderCount";

  /** The lowest rate for request content in bytes per second (L12): a number. */
  public static final String MIN_REQUEST_RATE = "minRequestRate";

  /** The lowest rate for responses in bytes per second (L12): a number. */
  public static final String MIN_RESPONSE_RATE = "minResponseRate";

  /** How long a client may be slower than these rates: a duration, 5 seconds unless set. */
  public static final String MIN_RATE_GRACE = "minRateGrace";

  /** How long a client may take to send a request head: a duration. */
  public static final String HEADER_TIMEOUT = "headerTimeout";

  /** How long a connection may be idle: a duration. */
  public static final String IDLE_TIMEOUT = "idleTimeout";

  /** How long unread content is taken in after a response: a duration. */
  public static final String DRAIN_TIMEOUT = "drainTimeout";

  /** Whether responses have a {@code Server} header: a flag. */
  public static final String SERVER_HEADER = "serverHeader";

  /** Whether HTTP/2 is spoken: on or off. */
  public static final String HTTP2 = "http2";

  /** PEM files of certificates for https, separated by ";". */
  public static final String CERTIFICATE = "certificate";

  /** PEM files of their keys in the same order, unless the certificates' files hold them. */
  public static final String CERTIFICATE_KEY = "certificateKey";

  /** A PKCS#12 file of certificates for https and their keys. */
  public static final String KEY_STORE = "keyStore";

  /** The password of the PKCS#12 file. */
  public static final String KEY_STORE_PASSWORD = "keyStorePassword";

  /** Whether clients are asked for certificates: none, want or need. */
  public static final String CLIENT_CERTIFICATES = "clientCertificates";

  /** A PEM file of the certificates that sign those of clients. */
  public static final String CLIENT_AUTHORITIES = "clientAuthorities";

  private JettyHost() {}

  /**
   * Begins a host with the settings of a program: {@code pipebridge.properties}, the environment,
   * system properties and its arguments (S20).
   *
   * @param arguments the arguments of {@code main}
   * @return a builder that lacks the application only
   * @throws IllegalArgumentException if a setting is malformed
   */
  public static WebHostBuilder builder(String... arguments) {
    return builder(settings(arguments));
  }

  /**
   * Begins a host.
   *
   * @param configuration its settings; those of this class are known to {@link #settings}
   * @return a builder that lacks the application only
   * @throws IllegalArgumentException if a setting is malformed
   */
  public static WebHostBuilder builder(Configuration configuration) {
    return WebHost.builder()
        .configuration(configuration)
        .server(effective -> new JettyServer(options(effective)));
  }

  /**
   * Gathers the settings of a program, those of this class among them.
   *
   * @param arguments the arguments of {@code main}
   * @return the settings
   * @throws IllegalArgumentException if an argument is malformed or its key is unknown
   */
  public static Configuration settings(String... arguments) {
    return Configuration.builder(
            VIRTUAL_THREADS,
            MAX_THREADS,
            MAX_REQUEST_BODY_SIZE,
            MAX_REQUEST_LINE_BYTES,
            MAX_HEADER_BYTES,
            MAX_HEADER_COUNT,
            MIN_REQUEST_RATE,
            MIN_RESPONSE_RATE,
            MIN_RATE_GRACE,
            HEADER_TIMEOUT,
            IDLE_TIMEOUT,
            DRAIN_TIMEOUT,
            SERVER_HEADER,
            HTTP2,
            CERTIFICATE,
            CERTIFICATE_KEY,
            KEY_STORE,
            KEY_STORE_PASSWORD,
            CLIENT_CERTIFICATES,
            CLIENT_AUTHORITIES)
        .program(arguments)
        .build();
  }

  /**
   * Reads the options of a server.
   *
   * @param settings the settings; what they do not have is as in {@link JettyOptions#DEFAULT}
   * @return the options
   * @throws IllegalArgumentException if a setting is malformed, naming it (L8)
   */
  public static JettyOptions options(Configuration settings) {
    return JettySettings.read(settings);
  }
}
