package org.pipebridge.hosting;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a host, each with the place it comes from.
 *
 * <p>Settings are gathered from several sources, of which a later one wins: who operates a program
 * beats who wrote it (S20, W4). A blank value counts as none. What a setting cannot be is refused
 * with an {@link IllegalArgumentException} that names its key and source (L8). Immutable. ASP.NET
 * Core: {@code IConfiguration}.
 *
 * @since 0.1
 */
public final class Configuration {

  private final Map<String, Setting> settings;

  /**
   * One setting.
   *
   * @param key the key, for example "urls"
   * @param value the value, never blank
   * @param source where it comes from, for the log
   * @since 0.1
   */
  public record Setting(String key, String value, String source) {

    String described() {
      return key + "=" + value + " (" + source + ")";
    }

    IllegalArgumentException refused(String expected) {
      return new IllegalArgumentException(
          "setting " + key + " must be " + expected + ", but is '" + value + "' (" + source + ")");
    }
  }

  Configuration(Map<String, Setting> settings) {
    this.settings = new LinkedHashMap<>(settings);
  }

  /**
   * Starts to gather settings, from no source yet.
   *
   * @param moreKeys keys that are known besides those of {@link WebHostDefaults}
   * @return a builder; the order of its calls is the order of the sources
   */
  public static ConfigurationBuilder builder(String... moreKeys) {
    return new ConfigurationBuilder(List.of(moreKeys));
  }

  /**
   * Returns a setting with its source.
   *
   * @param key the key
   * @return the setting, or null if no source has it
   */
  public @Nullable Setting setting(String key) {
    return settings.get(key);
  }

  /**
   * Returns the value of a setting.
   *
   * @param key the key
   * @return the value, or null if no source has it
   */
  public @Nullable String get(String key) {
    Setting setting = settings.get(key);
    return setting == null ? null : setting.value();
  }

  /**
   * Returns the parts of a setting that is a list: separated by ";", trimmed, blank ones dropped.
   *
   * @param key the key
   * @return the parts; empty if no source has it
   */
  public List<String> list(String key) {
    String value = get(key);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(";")).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /**
   * Returns a setting that is "true" or "false".
   *
   * @param key the key
   * @param otherwise what it is if no source has it
   * @return the value
   */
  public boolean flag(String key, boolean otherwise) {
    Setting setting = settings.get(key);
    if (setting == null) {
      return otherwise;
    }
    return switch (setting.value().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw setting.refused("true or false");
    };
  }

  /**
   * Returns a setting that is a time: a number of seconds, or an ISO-8601 duration such as "PT2M".
   *
   * @param key the key
   * @param otherwise what it is if no source has it
   * @return the value, not negative
   */
  public Duration duration(String key, Duration otherwise) {
    Setting setting = settings.get(key);
    if (setting == null) {
      return otherwise;
    }
    try {
      String value = setting.value();
      Duration duration =
          value.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.parse(value);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // refused below, as a negative one
    }
    throw setting.refused("seconds or an ISO-8601 duration, not negative");
  }

  /**
   * Returns the name of the environment the application runs in.
   *
   * @return "Production" unless set
   */
  public String environment() {
    String environment = get(WebHostDefaults.ENVIRONMENT);
    return environment == null ? "Production" : environment;
  }

  /** Returns these settings, and those given for the keys that these do not have. */
  Configuration over(Map<String, Setting> defaults) {
    Map<String, Setting> all = new LinkedHashMap<>(defaults);
    all.putAll(settings);
    return new Configuration(all);
  }
}
