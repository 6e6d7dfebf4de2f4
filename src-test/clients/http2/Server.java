import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.jetty.JettyHost;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;

/** What the clients ask: answers of every kind, good and bad. */
public final class Server {

  private static final byte[] BLOCK = "0123456789abcde\n".repeat(1024).getBytes();

  public static void main(String[] arguments) throws Exception {
    JettyHost.builder(arguments).startup(Server::configure).build().run();
  }

  private static void configure(ApplicationBuilder app) {
    ApplicationLifetime lifetime =
        app.serverFeatures().require(ApplicationLifetime.class);
    app.map("/protocol", on -> on.run(context -> write(context, context.request().protocol())));
    app.map("/large", on -> on.run(Server::large));
    app.map("/echo", on -> on.run(Server::echo));
    app.map("/later", on -> on.run(context -> later(context, lifetime)));
    app.map("/error", on -> on.run(context -> fail()));
    app.map("/broken", on -> on.run(Server::broken));
    app.map("/abort", on -> on.run(HttpContext::abort));
    app.map(
        "/reset",
        on -> on.run(context -> context.features().require(HttpResetFeature.class).reset(11)));
  }

  private static void write(HttpContext context, String text) throws Exception {
    context.response().headers().set("X-Own", "kept");
    context.response().headers().set("Keep-Alive", "dropped");
    context.response().write(text);
  }

  private static void large(HttpContext context) throws Exception {
    for (int i = 0; i < 256; i++) {
      context.response().body().write(BLOCK);
    }
  }

  private static void echo(HttpContext context) throws Exception {
    try (InputStream content = context.request().body()) {
      content.transferTo(context.response().body());
    }
  }

  /** Begins, and ends when the server is told to stop. */
  private static void later(HttpContext context, ApplicationLifetime lifetime) throws Exception {
    context.response().write("begun ");
    context.response().flush();
    lifetime.stopping().toCompletableFuture().get(30, TimeUnit.SECONDS);
    context.response().write("ended");
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  private static void broken(HttpContext context) throws Exception {
    context.response().write("some");
    context.response().flush();
    fail();
  }
}
