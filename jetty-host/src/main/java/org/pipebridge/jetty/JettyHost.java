package org.pipebridge.jetty;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.hosting.WebHostBuilder;
import org.pipebridge.server.ServerOptions;

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

  /** The limit for request content in bytes (L1): a number, or "none". */
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

  private static final Duration MIN_RATE_GRACE_DEFAULT = Duration.ofSeconds(5);

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
    JettyOptions otherwise = JettyOptions.DEFAULT;
    ServerOptions requests = otherwise.requests();
    return new JettyOptions(
        new ServerOptions(maxRequestBodySize(settings, requests), requests.allowSynchronousIo()),
        virtualThreads(settings),
        number(settings, MAX_THREADS, otherwise.maxThreads()),
        number(settings, MAX_REQUEST_LINE_BYTES, otherwise.maxRequestLineBytes()),
        number(settings, MAX_HEADER_BYTES, otherwise.maxHeaderBytes()),
        number(settings, MAX_HEADER_COUNT, otherwise.maxHeaderCount()),
        new MinDataRates(rate(settings, MIN_REQUEST_RATE), rate(settings, MIN_RESPONSE_RATE)),
        duration(settings, HEADER_TIMEOUT, otherwise.headerTimeout()),
        duration(settings, IDLE_TIMEOUT, otherwise.idleTimeout()),
        duration(settings, DRAIN_TIMEOUT, otherwise.drainTimeout()),
        settings.flag(SERVER_HEADER, otherwise.serverHeader()),
        http2(settings),
        TlsSettings.read(settings));
  }

  private static VirtualThreads virtualThreads(Configuration settings) {
    Configuration.Setting setting = settings.setting(VIRTUAL_THREADS);
    if (setting == null) {
      return JettyOptions.DEFAULT.virtualThreads();
    }
    return switch (setting.value().toLowerCase(Locale.ROOT)) {
      case "auto" -> VirtualThreads.AUTO;
      case "on" -> VirtualThreads.ON;
      case "off" -> VirtualThreads.OFF;
      default -> throw refused(setting, "auto, on or off");
    };
  }

  private static boolean http2(Configuration settings) {
    Configuration.Setting setting = settings.setting(HTTP2);
    if (setting == null) {
      return JettyOptions.DEFAULT.http2();
    }
    return switch (setting.value().toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw refused(setting, "on or off");
    };
  }

  private static OptionalLong maxRequestBodySize(Configuration settings, ServerOptions otherwise) {
    Configuration.Setting setting = settings.setting(MAX_REQUEST_BODY_SIZE);
    if (setting == null) {
      return otherwise.maxRequestBodySize();
    }
    if (setting.value().equalsIgnoreCase("none")) {
      return OptionalLong.empty();
    }
    if (!setting.value().matches("[0-9]{1,18}")) {
      throw refused(setting, "a number of bytes, or none");
    }
    return OptionalLong.of(Long.parseLong(setting.value()));
  }

  private static int number(Configuration settings, String key, int otherwise) {
    Configuration.Setting setting = settings.setting(key);
    if (setting == null) {
      return otherwise;
    }
    if (!setting.value().matches("0*[1-9][0-9]{0,8}")) {
      throw refused(setting, "a positive number below 1000000000");
    }
    return Integer.parseInt(setting.value());
  }

  private static @Nullable Rate rate(Configuration settings, String key) {
    int bytesPerSecond = number(settings, key, 0);
    return bytesPerSecond == 0
        ? null
        : new Rate(bytesPerSecond, duration(settings, MIN_RATE_GRACE, MIN_RATE_GRACE_DEFAULT));
  }

  private static Duration duration(Configuration settings, String key, Duration otherwise) {
    Configuration.Setting setting = settings.setting(key);
    Duration value = settings.duration(key, otherwise);
    if (setting != null && value.toMillis() == 0) {
      throw refused(setting, "positive");
    }
    return value;
  }

  static IllegalArgumentException refused(Configuration.Setting setting, String expected) {
    return new IllegalArgumentException(
        "setting "
            + setting.key()
            + " must be "
            + expected
            + ", but is '"
            + setting.value()
            + "' ("
            + setting.source()
            + ")");
  }
}
