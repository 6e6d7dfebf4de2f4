package org.pipebridge.hosting;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.pipebridge.hosting.Configuration.Setting;

/**
 * Gathers settings from sources: of two that have the same key, the one added later wins.
 *
 * <p>A key that is not known gives a WARNING (W4); on the command line it is an error. ASP.NET
 * Core: {@code IConfigurationBuilder}.
 *
 * @since 0.1
 */
public final class ConfigurationBuilder {

  private static final System.Logger LOG = System.getLogger(Configuration.class.getName());
  private static final String FILE = "pipebridge.properties";
  private static final String PREFIX = "pipebridge.";
  private static final String ENVIRONMENT_PREFIX = "PIPEBRIDGE_";

  private final Set<String> knownKeys = new TreeSet<>(WebHostDefaults.KEYS);
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  ConfigurationBuilder(Collection<String> moreKeys) {
    knownKeys.addAll(moreKeys);
  }

  /**
   * Adds the file {@code pipebridge.properties} at the root of a class path, if it is there; its
   * keys may leave out the prefix {@code pipebridge.}, and it is read as UTF-8.
   *
   * @param loader where to look for it
   * @return this builder
   * @throws IllegalArgumentException if the file is malformed
   * @throws UncheckedIOException if the file cannot be read
   */
  public ConfigurationBuilder classPath(ClassLoader loader) {
    URL file = loader.getResource(FILE);
    if (file != null) {
      properties(file).forEach((name, value) -> add(withoutPrefix(name), value, FILE));
    }
    return this;
  }

  /**
   * Adds what a map has under keys that start with {@code pipebridge.}, for example the parameters
   * of a servlet context.
   *
   * @param source what the map is, for the log, for example "context parameter"
   * @param values the map; other keys are none of ours
   * @return this builder
   */
  public ConfigurationBuilder values(String source, Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            add(withoutPrefix(name), value, source + " " + name);
          }
        });
    return this;
  }

  /**
   * Adds the variables of an environment that start with {@code PIPEBRIDGE_}: {@code
   * PIPEBRIDGE_HTTP_PORTS} is the key {@code httpPorts}.
   *
   * @param environment the environment, as a rule {@link System#getenv()}
   * @return this builder
   */
  public ConfigurationBuilder environment(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            add(
                camelCase(name.substring(ENVIRONMENT_PREFIX.length())),
                value,
                "environment " + name);
          }
        });
    return this;
  }

  /**
   * Adds the properties that start with {@code pipebridge.}.
   *
   * @param properties the properties, as a rule {@link System#getProperties()}
   * @return this builder
   */
  public ConfigurationBuilder systemProperties(Properties properties) {
    return values("system property", asMap(properties));
  }

  /**
   * Adds the arguments of a program, each {@code --key value} or {@code --key=value}.
   *
   * @param arguments the arguments
   * @return this builder
   * @throws IllegalArgumentException if an argument is malformed or its key is unknown
   */
  public ConfigurationBuilder commandLine(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String key = name.startsWith("--") ? name.substring(2) : "";
      if (!knownKeys.contains(key)) {
        throw new IllegalArgumentException(
            "unknown option " + name + "; known: --" + String.join(", --", knownKeys));
      }
      if (equals >= 0) {
        add(key, option.substring(equals + 1), "command line " + name);
      } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
        add(key, arguments[++i], "command line " + name);
      } else {
        throw new IllegalArgumentException("option " + name + " has no value");
      }
    }
    return this;
  }

  /**
   * Adds the usual sources of a program, in this order: {@code pipebridge.properties} on the class
   * path, the environment, system properties, the command line (S20).
   *
   * @param arguments the arguments of {@code main}
   * @return this builder
   * @throws IllegalArgumentException if an argument is malformed or its key is unknown
   */
  public ConfigurationBuilder program(String... arguments) {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return classPath(ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread)
        .environment(System.getenv())
        .systemProperties(System.getProperties())
        .commandLine(arguments);
  }

  /**
   * Ends the gathering.
   *
   * @return the settings
   */
  public Configuration build() {
    return new Configuration(settings);
  }

  private void add(String key, String value, String source) {
    if (!knownKeys.contains(key)) {
      LOG.log(
          Level.WARNING,
          "Unknown setting " + key + " (" + source + "); known: " + String.join(", ", knownKeys));
    } else if (!value.isBlank()) {
      settings.put(key, new Setting(key, value.strip(), source));
    }
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private static String camelCase(String upperSnake) {
    StringBuilder key = new StringBuilder();
    for (String word : upperSnake.toLowerCase(Locale.ROOT).split("_")) {
      if (key.isEmpty() || word.isEmpty()) {
        key.append(word);
      } else {
        key.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word, 1, word.length());
      }
    }
    return key.toString();
  }

  private static Map<String, String> properties(URL file) {
    Properties properties = new Properties();
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // a cached jar would stay open after an undeployment (W9)
      try (Reader reader =
          new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("malformed " + file + ": " + e.getMessage(), e);
    }
    return asMap(properties);
  }

  private static Map<String, String> asMap(Properties properties) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      map.put(name, Objects.requireNonNull(properties.getProperty(name)));
    }
    return map;
  }
}
