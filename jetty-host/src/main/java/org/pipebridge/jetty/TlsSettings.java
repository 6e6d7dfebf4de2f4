package org.pipebridge.jetty;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Configuration;

/** Reads the settings of a host that are about TLS. */
final class TlsSettings {

  private TlsSettings() {}

  static TlsOptions read(Configuration settings) {
    List<TlsCertificate> certificates = new ArrayList<>(pemFiles(settings));
    Configuration.Setting store = settings.setting(JettyHost.KEY_STORE);
    if (store != null) {
      String password = settings.get(JettyHost.KEY_STORE_PASSWORD);
      certificates.add(TlsCertificate.keyStore(path(store), password == null ? "" : password));
    }
    return new TlsOptions(certificates, clientCertificates(settings), clientAuthorities(settings));
  }

  private static List<TlsCertificate> pemFiles(Configuration settings) {
    List<Path> certificates = paths(settings, JettyHost.CERTIFICATE);
    List<Path> keys = paths(settings, JettyHost.CERTIFICATE_KEY);
    if (!keys.isEmpty() && keys.size() != certificates.size()) {
      throw new IllegalArgumentException(
          "setting certificateKey must name as many files as certificate, but names "
              + keys.size()
              + ", not "
              + certificates.size());
    }
    List<TlsCertificate> all = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      Path key = keys.isEmpty() ? certificates.get(i) : keys.get(i);
      all.add(TlsCertificate.pem(certificates.get(i), key));
    }
    return all;
  }

  private static ClientCertificates clientCertificates(Configuration settings) {
    Configuration.Setting setting = settings.setting(JettyHost.CLIENT_CERTIFICATES);
    if (setting == null) {
      return ClientCertificates.NONE;
    }
    return switch (setting.value().toLowerCase(Locale.ROOT)) {
      case "none" -> ClientCertificates.NONE;
      case "want" -> ClientCertificates.WANT;
      case "need" -> ClientCertificates.NEED;
      default -> throw JettySettings.refused(setting, "none, want or need");
    };
  }

  private static @Nullable Path clientAuthorities(Configuration settings) {
    Configuration.Setting setting = settings.setting(JettyHost.CLIENT_AUTHORITIES);
    return setting == null ? null : path(setting);
  }

  private static List<Path> paths(Configuration settings, String key) {
    Configuration.Setting setting = settings.setting(key);
    if (setting == null) {
      return List.of();
    }
    List<Path> paths = new ArrayList<>();
    for (String file : settings.list(key)) {
      paths.add(path(new Configuration.Setting(key, file, setting.source())));
    }
    return paths;
  }

  private static Path path(Configuration.Setting setting) {
    try {
      return Path.of(setting.value());
    } catch (InvalidPathException e) {
      throw JettySettings.refused(setting, "the name of a file");
    }
  }
}
