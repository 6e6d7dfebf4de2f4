package org.pipebridge.hosting;

import java.util.Set;

/**
 * The keys of the settings that every host knows; those of a module's own are named by it.
 *
 * <p>In a file or as a system property a key is written {@code pipebridge.shutdownTimeout}, in the
 * environment {@code PIPEBRIDGE_SHUTDOWN_TIMEOUT}, on the command line {@code --shutdownTimeout}.
 * ASP.NET Core: {@code WebHostDefaults}.
 *
 * @since 0.1
 */
public final class WebHostDefaults {

  /** Where to listen: addresses, separated by ";" (S20). */
  public static final String URLS = "urls";

  /** Ports to listen on with http on all interfaces, separated by ";" (S21). */
  public static final String HTTP_PORTS = "httpPorts";

  /** Ports to listen on with https on all interfaces, separated by ";" (S21). */
  public static final String HTTPS_PORTS = "httpsPorts";

  /** Whether addresses win over connectors that code configured on the server: a flag (S22). */
  public static final String PREFER_HOSTING_URLS = "preferHostingUrls";

  /** How long running requests may take when the host stops: a duration, 30 seconds (S5). */
  public static final String SHUTDOWN_TIMEOUT = "shutdownTimeout";

  /** Whether a host starts, and answers 500, if the application cannot be built: a flag (S40). */
  public static final String CAPTURE_STARTUP_ERRORS = "captureStartupErrors";

  /** The name of the environment the application runs in: "Production" unless set (E10). */
  public static final String ENVIRONMENT = "environment";

  /** The class name of the startup to take if there are several (W1). */
  public static final String STARTUP = "startup";

  /** All of these keys. */
  static final Set<String> KEYS =
      Set.of(
          URLS,
          HTTP_PORTS,
          HTTPS_PORTS,
          PREFER_HOSTING_URLS,
          SHUTDOWN_TIMEOUT,
          CAPTURE_STARTUP_ERRORS,
          ENVIRONMENT,
          STARTUP);

  private WebHostDefaults() {}
}
