package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.hosting.Configuration.Setting;

final class ConfigurationTest {

  @TempDir Path directory;

  @Test
  void s20_aLaterSourceWinsAndIsNamed() throws Exception {
    file("pipebridge.urls=http://file:1");
    var properties = new Properties();
    properties.setProperty("pipebridge.urls", "http://property:1");
    properties.setProperty("user.home", "/");
    try (URLClassLoader loader = loader()) {
      ConfigurationBuilder builder = Configuration.builder();
      assertUrls(builder.classPath(loader), "http://file:1", "pipebridge.properties");
      assertUrls(
          builder.environment(Map.of("PIPEBRIDGE_URLS", "http://env:1", "PATH", "/bin")),
          "http://env:1",
          "environment PIPEBRIDGE_URLS");
      assertUrls(
          builder.systemProperties(properties),
          "http://property:1",
          "system property pipebridge.urls");
      assertUrls(
          builder.commandLine("--urls", "http://line:1"), "http://line:1", "command line --urls");
    }
  }

  @Test
  void w4_aHostMayAddSourcesOfItsOwnAnywhere() {
    Configuration configuration =
        Configuration.builder("mapping")
            .values("context parameter", Map.of("pipebridge.mapping", "/a/*", "other", "x"))
            .environment(Map.of("PIPEBRIDGE_MAPPING", "/b/*"))
            .values("servlet parameter", Map.of("pipebridge.mapping", "/c/*"))
            .build();

    assertThat(configuration.setting("mapping"))
        .isEqualTo(new Setting("mapping", "/c/*", "servlet parameter pipebridge.mapping"));
  }

  @Test
  void w4_anUnknownKeyIsAWarning() throws Exception {
    file("pipebridge.url=x");
    try (URLClassLoader loader = loader();
        var logs = new LogCapture(Configuration.class)) {
      Configuration configuration =
          Configuration.builder()
              .classPath(loader)
              .values("context parameter", Map.of("pipebridge.mapping", "/a/*", "foreign.key", "x"))
              .environment(Map.of("PIPEBRIDGE_HTTPPORTS", "1"))
              .build();

      assertThat(logs.at(Level.WARNING)).hasSize(3).hasSameSizeAs(logs.records());
      assertThat(logs.at(Level.WARNING).get(0)).contains("url (pipebridge.properties)", "urls");
      assertThat(logs.at(Level.WARNING).get(1)).contains("pipebridge.mapping", "context parameter");
      assertThat(logs.at(Level.WARNING).get(2)).contains("PIPEBRIDGE_HTTPPORTS", "httpPorts");
      assertThat(configuration.get("url")).isNull();
    }
  }

  @Test
  void s20_namesFollowTheCustomOfEachSource() {
    Configuration configuration =
        Configuration.builder()
            .environment(Map.of("PIPEBRIDGE_SHUTDOWN_TIMEOUT", "5", "PIPEBRIDGE_HTTP_PORTS", "81"))
            .commandLine(
                "--environment=Test=1", "--startup", "a.B", "--httpsPorts=1", "--httpsPorts=2")
            .build();

    assertThat(configuration.get("shutdownTimeout")).isEqualTo("5");
    assertThat(configuration.get("httpPorts")).isEqualTo("81");
    assertThat(configuration.get("environment")).isEqualTo("Test=1");
    assertThat(configuration.get("startup")).isEqualTo("a.B");
    assertThat(configuration.get("httpsPorts")).isEqualTo("2");
  }

  @Test
  void s20_aFileMayLeaveOutThePrefixAndIsUtf8() throws Exception {
    file("environment=Prüfung");
    try (URLClassLoader loader = loader()) {
      assertThat(Configuration.builder().classPath(loader).build().environment())
          .isEqualTo("Prüfung");
    }
  }

  @Test
  void s20_noFileIsNoSetting() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(Configuration.builder().classPath(loader).build().get("urls")).isNull();
    }
  }

  @Test
  void s20_aMalformedFileIsRefusedNamingIt() throws Exception {
    file("urls=\\u00zz");
    try (URLClassLoader loader = loader()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Configuration.builder().classPath(loader))
          .withMessageContaining("pipebridge.properties");
    }
  }

  @Test
  void s20_aBlankValueIsNone() {
    Configuration configuration =
        Configuration.builder()
            .environment(Map.of("PIPEBRIDGE_URLS", "http://a:1"))
            .commandLine("--urls= ")
            .build();

    assertThat(configuration.get("urls")).isEqualTo("http://a:1");
  }

  @Test
  void s20_aListIsSplitAtSemicolonsAndBlanksAreDropped() {
    Configuration configuration = commandLine("--urls", " http://a:1 ;; http://b:2;");

    assertThat(configuration.list("urls")).containsExactly("http://a:1", "http://b:2");
    assertThat(configuration.list("httpPorts")).isEmpty();
  }

  @Test
  void s20_theUsualSourcesOfAProgramEndWithItsArguments() {
    Configuration configuration = Configuration.builder().program("--environment", "Test").build();

    assertThat(configuration.environment()).isEqualTo("Test");
  }

  @ParameterizedTest
  @CsvSource({
    "--url=x, --url",
    "urls, urls",
    "-urls, -urls",
    "--, --",
    "'', unknown option",
    "--urls, --urls has no value",
  })
  void s20_aBadArgumentIsRefusedNamingIt(String argument, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commandLine(argument))
        .withMessageContaining(named);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commandLine(argument, "--environment", "x"))
        .withMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "5, PT5S", "PT2M, PT2M", "pt0.5s, PT0.5S"})
  void l8_aDurationIsSecondsOrIso8601(String text, Duration expected) {
    assertThat(commandLine("--shutdownTimeout", text).duration("shutdownTimeout", Duration.ZERO))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "PT-1S", "soon", "1.5", "99999999999"})
  void l8_aDurationThatIsNoneIsRefusedNamingKeyValueAndSource(String text) {
    Configuration configuration = commandLine("--shutdownTimeout=" + text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.duration("shutdownTimeout", Duration.ZERO))
        .withMessageContainingAll("shutdownTimeout", "'" + text + "'", "command line");
  }

  @Test
  void l8_aFlagIsTrueOrFalse() {
    assertThat(commandLine("--captureStartupErrors=TRUE").flag("captureStartupErrors", false))
        .isTrue();
    assertThat(commandLine("--captureStartupErrors=false").flag("captureStartupErrors", true))
        .isFalse();
    assertThat(commandLine().flag("captureStartupErrors", true)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> commandLine("--captureStartupErrors=yes").flag("captureStartupErrors", false))
        .withMessageContainingAll("captureStartupErrors", "'yes'");
  }

  @Test
  void e10_theEnvironmentIsProductionUnlessSet() {
    assertThat(commandLine().environment()).isEqualTo("Production");
  }

  private static void assertUrls(ConfigurationBuilder builder, String value, String source) {
    assertThat(builder.build().setting("urls")).isEqualTo(new Setting("urls", value, source));
  }

  private static Configuration commandLine(String... arguments) {
    return Configuration.builder().commandLine(arguments).build();
  }

  private void file(String content) throws IOException {
    Files.writeString(directory.resolve("pipebridge.properties"), content + "\n");
  }

  private URLClassLoader loader() throws MalformedURLException {
    return new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
  }
}
