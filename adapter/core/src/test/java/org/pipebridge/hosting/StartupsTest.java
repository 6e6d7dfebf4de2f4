package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;

final class StartupsTest {

  @TempDir Path directory;

  @Test
  void w1_withoutAProviderThereIsNone() throws Exception {
    try (URLClassLoader loader = providing()) {
      assertThat(Startups.find(loader, null)).isNull();
    }
  }

  @Test
  void w1_theOnlyProviderIsFound() throws Exception {
    try (URLClassLoader loader = providing(One.class)) {
      assertThat(Startups.find(loader, null)).isInstanceOf(One.class);
      assertThat(Startups.find(loader, One.class.getName())).isInstanceOf(One.class);
    }
  }

  @Test
  void w1_severalProvidersAreRefusedNamingAllUnlessOneIsNamed() throws Exception {
    try (URLClassLoader loader = providing(One.class, Two.class)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Startups.find(loader, null))
          .withMessageContainingAll(One.class.getName(), Two.class.getName(), "startup");
      assertThat(Startups.find(loader, Two.class.getName())).isInstanceOf(Two.class);
    }
  }

  @Test
  void w1_aNameThatNobodyHasIsRefusedNamingWhatWasFound() throws Exception {
    try (URLClassLoader loader = providing(One.class)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Startups.find(loader, "a.B"))
          .withMessageContainingAll("a.B", One.class.getName());
    }
  }

  @Test
  void w2_aProviderThatCannotBeMadeIsRefusedNamingClassAndCause() throws Exception {
    try (URLClassLoader loader = providing(Broken.class)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Startups.find(loader, null))
          .withMessageContainingAll(Broken.class.getName(), "not today")
          .withCauseInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void w2_aProviderWhoseClassIsMissingIsRefusedNamingIt() throws Exception {
    try (URLClassLoader loader = providingNamed("a.Missing")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Startups.find(loader, null))
          .withMessageContaining("a.Missing");
    }
  }

  @Test
  void w3_configureSeesServerFeaturesLifetimeAndSettings() throws Exception {
    var features = new FeatureMap();
    var lifetime = new Lifetime();
    features.set(ApplicationLifetime.class, lifetime);
    Configuration configuration = Configuration.builder().build();

    Startups.build(
        app -> {
          assertThat(app.serverFeatures()).isSameAs(features);
          assertThat(app.properties())
              .containsEntry(ApplicationLifetime.class.getName(), lifetime)
              .containsEntry(Configuration.class.getName(), configuration);
        },
        new ApplicationBuilder(features),
        configuration);
  }

  @Test
  void s40_aFailingConfigureIsThrownAsItIs() {
    var failure = new IOException("x");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                Startups.build(
                    app -> {
                      throw failure;
                    },
                    new ApplicationBuilder(),
                    Configuration.builder().build()))
        .isSameAs(failure);
  }

  @Test
  void s40_aMissingClassIsCapturedAsAnExceptionIs() throws Exception {
    try (var logs = new LogCapture(Startups.class)) {
      Startups.build(
          app -> {
            throw new NoClassDefFoundError("a/B");
          },
          new ApplicationBuilder(),
          Configuration.builder().commandLine("--captureStartupErrors=true").build());

      assertThat(logs.at(Level.SEVERE)).hasSize(1);
    }
  }

  private URLClassLoader providing(Class<?>... providers) throws IOException {
    String[] names = new String[providers.length];
    for (int i = 0; i < providers.length; i++) {
      names[i] = providers[i].getName();
    }
    return providingNamed(names);
  }

  private URLClassLoader providingNamed(String... names) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(Startup.class.getName()), String.join("\n", names));
    return new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
  }

  /** A startup. */
  public static class One implements Startup {
    @Override
    public void configure(ApplicationBuilder app) {}
  }

  /** Another one. */
  public static final class Two extends One {}

  /** One that cannot be made. */
  public static final class Broken extends One {
    /** Fails. */
    public Broken() {
      throw new UnsupportedOperationException("not today");
    }
  }
}
