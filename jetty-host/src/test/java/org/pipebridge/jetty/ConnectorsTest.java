package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.server.ServerAddressesFeature;

/**
 * K174: addresses, connectors that code configured, and which of them wins (S20, S22). Without
 * either it is the default port, which a test must not need.
 */
final class ConnectorsTest {

  private static final String ADDRESS = "http://127.0.0.2:0";

  /** What was logged of it: nothing, an INFO line or a WARNING, which names the addresses. */
  @ParameterizedTest(name = "addresses {0}, connector {1}, preferred {2}")
  @CsvSource({
    "false, true,  false, 127.0.0.1,",
    "false, true,  true,  127.0.0.1,",
    "true,  false, false, 127.0.0.2,",
    "true,  false, true,  127.0.0.2,",
    "true,  true,  false, 127.0.0.1, WARNING",
    "true,  true,  true,  127.0.0.2, INFO"
  })
  void s22_whoListensAndWhatIsSaid(
      boolean addresses, boolean connector, boolean prefer, String listens, String level)
      throws Exception {
    JettyServer server =
        new JettyServer(
            JettyOptions.DEFAULT,
            jetty -> {
              if (connector) {
                ServerConnector made = new ServerConnector(jetty);
                made.setHost("127.0.0.1");
                jetty.addConnector(made);
              }
            });
    server.features().require(ServerAddressesFeature.class).setPreferHostingUrls(prefer);
    String[] urls = addresses ? new String[] {ADDRESS} : new String[0];
    try (Lines lines = new Lines();
        WebHost host = TestHost.builder(server, context -> context.response().write("x"), urls)) {
      host.start();
      assertThat(host.addresses()).singleElement().asString().contains("//" + listens + ":");
      List<String> said = lines.of(JettyServer.class);
      if (level == null) {
        assertThat(said).isEmpty();
      } else {
        assertThat(said).singleElement().asString().startsWith(level).contains(ADDRESS);
      }
      assertThat(lines.of(WebHost.class))
          .filteredOn(line -> line.contains("Listening on"))
          .singleElement()
          .asString()
          .startsWith("INFO");
    }
  }

  /** What the server and its host log, kept from the console. */
  private static final class Lines extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers =
        Stream.of(JettyServer.class, WebHost.class)
            .map(type -> Logger.getLogger(type.getName()))
            .toList();

    Lines() {
      for (Logger logger : loggers) {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
      }
    }

    List<String> of(Class<?> type) {
      return records.stream()
          .filter(entry -> entry.getLoggerName().equals(type.getName()))
          .map(
              entry ->
                  entry.getLevel()
                      + " "
                      + (entry.getParameters() == null
                          ? entry.getMessage()
                          : MessageFormat.format(entry.getMessage(), entry.getParameters())))
          .toList();
    }

    @Override
    public void publish(LogRecord entry) {
      records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      for (Logger logger : loggers) {
        logger.removeHandler(this);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
      }
    }
  }
}
