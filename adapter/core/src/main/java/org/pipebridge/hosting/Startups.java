package org.pipebridge.hosting;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.ApplicationLifetime;

/**
 * Finds the {@link Startup} of an application and lets it build the pipeline; for hosts.
 *
 * <p>ASP.NET Core: {@code StartupLoader}.
 *
 * @since 0.1
 */
public final class Startups {

  private static final System.Logger LOG = System.getLogger(Startups.class.getName());
  private static final String SERVICE = "META-INF/services/" + Startup.class.getName();

  private Startups() {}

  /**
   * Finds the startup that a class loader provides, with {@link ServiceLoader} (W1).
   *
   * @param loader the class loader of the application
   * @param name the class name of the one to take, or null if there must not be more than one
   * @return the startup, or null if there is none and no name was given
   * @throws IllegalStateException if there are several and no name was given, none has the name, or
   *     the startup cannot be made; it names the classes, and has the cause (W2)
   */
  public static @Nullable Startup find(ClassLoader loader, @Nullable String name) {
    Map<String, ServiceLoader.Provider<Startup>> providers = providers(loader);
    if (name != null) {
      var named = providers.get(name);
      if (named == null) {
        throw new IllegalStateException(
            "no startup " + name + " in " + SERVICE + "; found: " + providers.keySet());
      }
      return make(name, named);
    }
    if (providers.size() > 1) {
      throw new IllegalStateException(
          "several startups: "
              + String.join(", ", providers.keySet())
              + "; name one with the setting "
              + WebHostDefaults.STARTUP);
    }
    for (var only : providers.entrySet()) {
      return make(only.getKey(), only.getValue());
    }
    return null;
  }

  /**
   * Lets a startup build its pipeline (S40, W3).
   *
   * <p>The properties of the builder get the {@link Configuration} and, from the server features,
   * the {@link ApplicationLifetime}, each under the name of its class. If the setting {@code
   * captureStartupErrors} is true, a failure is logged, and the pipeline answers each request with
   * an empty 500 that is not to be cached.
   *
   * @param startup the startup
   * @param app what it adds to
   * @param configuration the settings of the host
   * @return the pipeline
   * @throws Exception what the startup failed with
   */
  public static RequestDelegate build(
      Startup startup, ApplicationBuilder app, Configuration configuration) throws Exception {
    Objects.requireNonNull(startup, "startup");
    app.properties().put(Configuration.class.getName(), configuration);
    ApplicationLifetime lifetime = app.serverFeatures().get(ApplicationLifetime.class);
    if (lifetime != null) {
      app.properties().put(ApplicationLifetime.class.getName(), lifetime);
    }
    boolean capture = configuration.flag(WebHostDefaults.CAPTURE_STARTUP_ERRORS, false);
    try {
      startup.configure(app);
      return app.build();
    } catch (Exception | LinkageError e) {
      if (!capture) {
        throw e;
      }
      LOG.log(Level.ERROR, "The application cannot be built: each request gets status 500", e);
      return Startups::answerWithFailure;
    }
  }

  private static CompletionStage<Void> answerWithFailure(HttpContext context) {
    context.response().setStatus(500);
    context.response().headers().set(HeaderNames.CACHE_CONTROL, "no-cache");
    return Stages.completed();
  }

  private static Map<String, ServiceLoader.Provider<Startup>> providers(ClassLoader loader) {
    Map<String, ServiceLoader.Provider<Startup>> providers = new LinkedHashMap<>();
    try {
      ServiceLoader.load(Startup.class, Objects.requireNonNull(loader, "loader")).stream()
          .forEach(provider -> providers.putIfAbsent(provider.type().getName(), provider));
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException("the startups cannot be listed: " + e.getMessage(), e);
    }
    return providers;
  }

  private static Startup make(String name, ServiceLoader.Provider<Startup> provider) {
    try {
      return provider.get();
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("startup " + name + " cannot be made: " + cause, cause);
    }
  }
}
