package org.pipebridge.hosting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Configuration.Setting;
import org.pipebridge.server.Server;

/**
 * Collects what a {@link WebHost} is made of.
 *
 * <p>Settings made here are those of who wrote the program; every other source wins over them
 * (S20). ASP.NET Core: {@code IWebHostBuilder}.
 *
 * @since 0.1
 */
public final class WebHostBuilder {

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private @Nullable Function<? super Configuration, ? extends Server> server;
  private @Nullable Startup startup;
  private @Nullable Configuration configuration;

  WebHostBuilder() {}

  /**
   * Sets the server, which the host starts and closes.
   *
   * @param server a server that has not started
   * @return this builder
   */
  public WebHostBuilder server(Server server) {
    Objects.requireNonNull(server, "server");
    return server(settings -> server);
  }

  /**
   * Sets what makes the server, once, when the host is built.
   *
   * @param factory makes a server, of the settings of the host
   * @return this builder
   */
  public WebHostBuilder server(Function<? super Configuration, ? extends Server> factory) {
    this.server = Objects.requireNonNull(factory, "factory");
    return this;
  }

  /**
   * Sets the application.
   *
   * @param startup builds the pipeline when the host starts
   * @return this builder
   */
  public WebHostBuilder startup(Startup startup) {
    this.startup = Objects.requireNonNull(startup, "startup");
    return this;
  }

  /**
   * Sets where to listen, unless another source of settings says so.
   *
   * @param urls the addresses, for example {@code http://127.0.0.1:0}
   * @return this builder
   */
  public WebHostBuilder urls(String... urls) {
    return setting(WebHostDefaults.URLS, String.join(";", urls));
  }

  /**
   * Makes a setting, unless another source has it.
   *
   * @param key a key of {@link WebHostDefaults} or of a module
   * @param value the value, not blank
   * @return this builder
   */
  public WebHostBuilder setting(String key, String value) {
    Objects.requireNonNull(key, "key");
    if (value.isBlank()) {
      throw new IllegalArgumentException("value of " + key + " must not be blank");
    }
    settings.put(key, new Setting(key, value, "code"));
    return this;
  }

  /**
   * Gathers settings from the usual sources of a program, the command line among them.
   *
   * @param arguments the arguments of {@code main}
   * @return this builder
   * @throws IllegalArgumentException if an argument is malformed or its key is unknown
   */
  public WebHostBuilder arguments(String... arguments) {
    return configuration(Configuration.builder().program(arguments).build());
  }

  /**
   * Sets the sources of settings, in place of the usual ones.
   *
   * @param configuration the settings
   * @return this builder
   */
  public WebHostBuilder configuration(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
    return this;
  }

  /**
   * Builds the host.
   *
   * @return a host that has not started
   * @throws IllegalStateException if the server or the startup is missing (S40)
   * @throws IllegalArgumentException if a setting is malformed (L8)
   */
  public WebHost build() {
    if (server == null) {
      throw new IllegalStateException("a host needs a server; call server(...)");
    }
    if (startup == null) {
      throw new IllegalStateException("a host needs a startup; call startup(...)");
    }
    Configuration given =
        configuration == null ? Configuration.builder().program().build() : configuration;
    Configuration effective = given.over(settings);
    return new WebHost(server.apply(effective), startup, effective);
  }
}
