package org.pipebridge.jetty;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.eclipse.jetty.util.Jetty;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.Startup;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.hosting.WebHostDefaults;

/**
 * Runs the application that is on the class path, on embedded Jetty, until it is told to stop.
 *
 * <p>It ends with 0, with 2 if it was called wrongly, and with 1 if it could not do what it was
 * told; then with one line that says why.
 *
 * @since 0.1
 */
public final class Main {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private static final String HELP =
      """
      Usage: java -cp ... org.pipebridge.jetty.Main [options]

      Runs the application on the class path on embedded Jetty.

        --urls ADDRESSES         where to listen, separated by ";" (http://localhost:5000)
        --httpPorts PORTS        listen on these ports of all interfaces instead
        --httpsPorts PORTS       the same with TLS
        --startup CLASS          the application, if there are several or it is no service
        --environment NAME       for example Development (Production)
        --shutdownTimeout TIME   how long running requests may take at the end, in seconds (30)
        --virtualThreads WHEN    auto, on or off (auto)
        --maxThreads NUMBER      how many requests run at once on platform threads (200)
        --maxRequestBodySize N   in bytes, or unlimited (30000000)
        --serverHeader FLAG      whether responses name the server (false)
        --certificate FILES      PEM certificates for https addresses, with their chains
        --certificateKey FILES   their PKCS#8 keys, unless the files above hold them
        --keyStore FILE          PKCS#12 certificates for https addresses, with their keys
        --keyStorePassword TEXT  better given as PIPEBRIDGE_KEY_STORE_PASSWORD
        --clientCertificates W   none, want or need (none)
        --clientAuthorities FILE PEM certificates of those who sign for clients
        --http2 WHEN             on or off (on)
        --help, --version

      More options: --headerTimeout, --idleTimeout, --drainTimeout, --maxRequestLineBytes,
      --maxHeaderBytes, --maxHeaderCount, --minRequestRate, --minResponseRate, --minRateGrace,
      --preferHostingUrls, --captureStartupErrors.
      An option may also be a variable PIPEBRIDGE_HTTP_PORTS, a system property
      pipebridge.httpPorts, or a line of pipebridge.properties on the class path.
      """;

  private Main() {}

  /**
   * Runs the program, and ends the JVM if it fails.
   *
   * @param arguments the options; {@code --help} shows them
   */
  public static void main(String[] arguments) {
    int status = run(arguments, System.out, System.err);
    if (status != OK) {
      System.exit(status);
    }
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(HELP);
      return OK;
    }
    if (Arrays.asList(arguments).contains("--version")) {
      out.println(version());
      return OK;
    }
    ConsoleLogs.configure();
    WebHost host;
    try {
      Configuration settings = JettyHost.settings(arguments);
      Startup startup = Applications.find(settings.get(WebHostDefaults.STARTUP));
      host = JettyHost.builder(settings).startup(startup).build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      boolean application = e.getCause() != null; // it is there, but cannot be made
      return application
          ? fail(err, FAILED, String.valueOf(e.getMessage()))
          : fail(err, USAGE, e.getMessage() + " (--help shows the options)");
    }
    return run(host, err);
  }

  private static int run(WebHost host, PrintStream err) {
    try {
      host.run();
      return OK;
    } catch (IllegalArgumentException e) {
      return fail(err, USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return fail(err, FAILED, String.valueOf(e.getMessage()));
    } catch (Exception | LinkageError e) {
      return fail(err, FAILED, "the application could not be started: " + e);
    }
  }

  private static int fail(PrintStream err, int status, String message) {
    err.println("pipebridge: " + message.replaceAll("\\s*\\R\\s*", " "));
    return status;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "Pipebridge "
        + (version == null ? "(unpackaged)" : version)
        + ", Jetty "
        + Jetty.VERSION
        + ", Java "
        + Runtime.version();
  }
}
