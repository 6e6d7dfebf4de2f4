package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;

/** The program, as a process of its own where it matters. */
final class MainTest {

  /** Variables whose use is the first line of the output. */
  private static final Set<String> TOLD_BY_THE_JVM =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");

  @Test
  void s40_itListensTellsWhereAndStopsGracefully() throws Exception {
    Process process = launch("--startup", Slow.class.getName(), "--urls", "http://127.0.0.1:0");
    try (BufferedReader output = process.inputReader()) {
      Matcher listening = LISTENING.matcher(readUntil(output, "Listening"));
      assertThat(listening.find()).isTrue();
      try (RawClient client = new RawClient(listening.group(1))) {
        client.get("/");
        assertThat(client.read(1)).isEqualTo("H"); // it has begun
        process.toHandle().destroy(); // SIGTERM; unlike destroy() of Process it keeps the output
        assertThat(client.readToEnd()).contains("200 OK").endsWith("3\r\nend\r\n0\r\n\r\n");
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(output.lines()).noneMatch(line -> line.contains("Exception"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void s20_eachAddressIsOneLineThatNamesItsSource() throws Exception {
    Process process =
        launch("--startup", Slow.class.getName(), "--urls=http://127.0.0.1:0;http://127.0.0.1:0");
    try (BufferedReader output = process.inputReader()) {
      for (int i = 0; i < 2; i++) {
        assertThat(output.readLine())
            .matches(".* INFO Listening on http://127\\.0\\.0\\.1:\\d+ .*--urls.*");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void s26_aPortInUseIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "http://127.0.0.1:" + taken.getLocalPort();
      Process process = launch("--startup", Slow.class.getName(), "--urls", address);
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.lines())
            .containsExactly("pipebridge: cannot listen on " + address + ": already in use");
        assertThat(process.waitFor()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | unknown option --bogus           | --bogus",
        "2 | option --urls has no value       | --urls",
        "2 | malformed address 'ftp://x'      | --startup=$Slow --urls=ftp://x",
        "2 | needs a certificate              | --startup=$Slow --urls=https://127.0.0.1:0",
        "2 | maxThreads must be               | --startup=$Slow --maxThreads=0",
        "2 | maxHeaderCount must be           | --startup=$Slow --maxHeaderCount=many",
        "2 | maxRequestBodySize must be       | --startup=$Slow --maxRequestBodySize=-1",
        "2 | idleTimeout must be              | --startup=$Slow --idleTimeout=0",
        "2 | virtualThreads must be           | --startup=$Slow --virtualThreads=perhaps",
        "2 | there is no application          |",
        "2 | no.Such is not on the class path | --startup=no.Such",
        "2 | java.lang.String is no           | --startup=java.lang.String",
        "1 | no connection to the moon        | --startup=$Unmade",
        "1 | no database                      | --startup=$Failing"
      })
  void aMistakeIsOneClearLineWithoutAStackTrace(int status, String message, String arguments) {
    String line = arguments == null ? "" : arguments.replace("$", MainTest.class.getName() + "$");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int result =
        Main.run(
            line.isEmpty() ? new String[0] : line.split(" "),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("pipebridge: ")
        .contains(message);
    assertThat(result).isEqualTo(status);
  }

  @Test
  void helpAndVersionAreShown() {
    assertThat(output("--help")).contains("--urls", "--startup", "--version");
    assertThat(output("--version")).startsWith("Pipebridge ").contains("Jetty 12", "Java ");
  }

  private static String output(String argument) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(new String[] {argument}, stream, stream)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Process launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.language=en"); // of the levels in the log
    command.add("-Xlog:disable"); // no warnings of the JVM among the lines
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(TOLD_BY_THE_JVM);
    return builder.start();
  }

  private static String readUntil(BufferedReader output, String text) throws IOException {
    String line = output.readLine();
    while (line != null && !line.contains(text)) {
      line = output.readLine();
    }
    return String.valueOf(line);
  }

  /** Answers, and goes on until the host stops. */
  public static final class Slow implements Startup {
    @Override
    public void configure(ApplicationBuilder app) {
      var lifetime = app.serverFeatures().require(org.pipebridge.server.ApplicationLifetime.class);
      app.run(
          context -> {
            context.response().flush();
            lifetime.stopping().toCompletableFuture().get(30, TimeUnit.SECONDS);
            context.response().write("end");
          });
    }
  }

  /** Cannot be built. */
  public static final class Failing implements Startup {
    @Override
    public void configure(ApplicationBuilder app) {
      throw new IllegalStateException("no database");
    }
  }

  /** Cannot be made. */
  public static final class Unmade implements Startup {

    /** Fails. */
    public Unmade() {
      throw new IllegalStateException("no connection to the moon");
    }

    @Override
    public void configure(ApplicationBuilder app) {}
  }
}
