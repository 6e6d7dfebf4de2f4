package org.pipebridge.jetty;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.server.ServerOptions;

/** Reads the settings of a host that are about its server. */
final class JettySettings {

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  private JettySettings() {}

  static JettyOptions read(Configuration settings) {
    JettyOptions otherwise = JettyOptions.DEFAULT;
    ServerOptions requests = otherwise.requests();
    return new JettyOptions(
        new ServerOptions(maxRequestBodySize(settings, requests), requests.allowSynchronousIo()),
        virtualThreads(settings),
        number(settings, JettyHost.MAX_THREADS, otherwise.maxThreads()),
        number(settings, JettyHost.MAX_REQUEST_LINE_BYTES, otherwise.maxRequestLineBytes()),
        number(settings, JettyHost.MAX_HEADER_BYTES, otherwise.maxHeaderBytes()),
        number(settings, JettyHost.MAX_HEADER_COUNT, otherwise.maxHeaderCount()),
        new MinDataRates(
            rate(settings, JettyHost.MIN_REQUEST_RATE),
            rate(settings, JettyHost.MIN_RESPONSE_RATE)),
        duration(settings, JettyHost.HEADER_TIMEOUT, otherwise.headerTimeout()),
        duration(settings, JettyHost.IDLE_TIMEOUT, otherwise.idleTimeout()),
        duration(settings, JettyHost.DRAIN_TIMEOUT, otherwise.drainTimeout()),
        settings.flag(JettyHost.SERVER_HEADER, otherwise.serverHeader()),
        http2(settings),
        TlsSettings.read(settings));
  }

  private static VirtualThreads virtualThreads(Configuration settings) {
    Configuration.Setting setting = settings.setting(JettyHost.VIRTUAL_THREADS);
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
    Configuration.Setting setting = settings.setting(JettyHost.HTTP2);
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
    Configuration.Setting setting = settings.setting(JettyHost.MAX_REQUEST_BODY_SIZE);
    if (setting == null) {
      return otherwise.maxRequestBodySize();
    }
    if (setting.value().equalsIgnoreCase("unlimited")) {
      return OptionalLong.empty();
    }
    if (!setting.value().matches("[0-9]{1,18}")) {
      throw refused(setting, "a number of bytes, or unlimited");
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
        : new Rate(bytesPerSecond, duration(settings, JettyHost.MIN_RATE_GRACE, DEFAULT_GRACE));
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
