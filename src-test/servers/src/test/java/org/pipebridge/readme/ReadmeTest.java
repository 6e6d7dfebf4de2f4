package org.pipebridge.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.Server;

/** Everything that the README shows compiles, runs, and does what it says. */
final class ReadmeTest {

  private static final Path README = Path.of("..", "..", "README.md");
  private static final Pattern LISTENING =
      Pattern.compile("Listening on (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir static Path folder;
  private static Snippets snippets;
  private static Path classes;

  @BeforeAll
  static void compile() throws Exception {
    snippets = Snippets.read(README);
    classes = Files.createDirectories(folder.resolve("war/WEB-INF/classes"));
    snippets.compile(Files.createDirectories(folder.resolve("sources")), classes);
  }

  @Test
  void theMainServesRequestsAndEndsOnItsSignal() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path"),
                "HelloMain",
                "--urls",
                "http://127.0.0.1:0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String address = awaitAddress(output);
      HttpResponse<String> hello = get(address + "/hello");
      assertThat(hello.statusCode()).isEqualTo(200);
      assertThat(hello.body()).isEqualTo("Hello!");
      assertThat(get(address + "/nothing").statusCode()).isEqualTo(404);
      process.toHandle().destroy(); // leaves its output open
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(output.lines()).contains("/hello 200", "/nothing 404");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theTestGetsItsOrder() throws Exception {
    try (URLClassLoader loader = loader()) {
      Object order = loader.loadClass("ShopCheck").getMethod("order").invoke(null);
      assertThat(order).isEqualTo("200 order 7");
    }
  }

  @Test
  void theServerRunsAnApplication() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = loader()) {
      ApplicationBuilder app = new ApplicationBuilder();
      Class<?> startup = loader.loadClass("shop.ShopStartup");
      ((Startup) startup.getConstructor().newInstance()).configure(app);
      Class<?> type = loader.loadClass("OnceServer");
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      try (Server server = (Server) type.getConstructor(String.class).newInstance("/orders?id=8")) {
        server.start(new PipelineApplication(app.build()));
      }
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("200 order 8");
  }

  @Test
  void theWarServesItsOrdersWithoutAWebXml() throws Exception {
    Tomcat tomcat = tomcat(false);
    try {
      String address = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
      assertThat(get(address + "/orders?id=9").body()).isEqualTo("order 9");
      assertThat(get(address + "/old.txt").statusCode()).isEqualTo(404);
    } finally {
      stop(tomcat);
    }
  }

  @Test
  void theFilterLetsTheOldApplicationThrough() throws Exception {
    Tomcat tomcat = tomcat(true);
    try {
      String address = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
      assertThat(get(address + "/orders?id=9").body()).isEqualTo("order 9");
      assertThat(get(address + "/old.txt").body()).isEqualTo("from the old application");
    } finally {
      stop(tomcat);
    }
  }

  /** A web application of the startup snippet; with the filter, a file lies behind it. */
  private static Tomcat tomcat(boolean filter) throws Exception {
    Path war = Files.createDirectories(folder.resolve("war"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(Startup.class.getName()), "shop.ShopStartup");
    Path webXml = war.resolve("WEB-INF/web.xml");
    Files.deleteIfExists(webXml);
    if (filter) {
      Files.writeString(webXml, snippets.get("web.xml"));
      Files.writeString(war.resolve("old.txt"), "from the old application");
    }
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = new StandardContext();
    context.setPath("");
    context.setDocBase(war.toString());
    context.setParentClassLoader(ReadmeTest.class.getClassLoader());
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(Constants.NoDefaultWebXml);
    context.addLifecycleListener(config);
    if (filter) {
      Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
          .addMapping("/");
    }
    tomcat.getHost().addChild(context);
    tomcat.start();
    return tomcat;
  }

  private static void stop(Tomcat tomcat) throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static URLClassLoader loader() throws Exception {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, ReadmeTest.class.getClassLoader());
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String awaitAddress(BufferedReader output) throws Exception {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return listening.group(1);
      }
    }
    throw new AssertionError("the program ended before it listened:\n" + seen);
  }
}
