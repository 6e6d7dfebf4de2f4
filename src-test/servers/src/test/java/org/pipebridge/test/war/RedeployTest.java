package org.pipebridge.test.war;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An undeployed application leaves no thread and no class loader behind (W9, S46, K203). */
@Timeout(180)
final class RedeployTest {

  private static final int REDEPLOYS = 20;

  /** Threads of Tomcat, of the client and of the JDK, which come and go as they like. */
  private static final Pattern NOT_OURS =
      Pattern.compile("http-nio-|Catalina-utility-|HttpClient-|Common-Cleaner|Attach Listener");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final ContainerLog log = new ContainerLog();
  private final HttpClient client = HttpClient.newHttpClient();
  private WarTomcat tomcat;

  @BeforeEach
  void start() throws Exception {
    tomcat = new WarTomcat(Files.createDirectory(folder.resolve("tomcat")));
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.close();
    log.close();
  }

  @Test
  void w9_twentyRedeploysLeaveNoThreadAndNoClassLoader() throws Exception {
    Path war = WarFolder.create(folder.resolve("war"), TrafficStartup.class);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < REDEPLOYS; i++) {
      loaders.add(deployAndUndeploy(war, this::drive));
    }

    assertThat(becomesTrue(() -> strangers(before).isEmpty()))
        .as("threads left behind: %s", strangers(before))
        .isTrue();
    assertThat(becomesTrue(() -> uncollected(loaders) == 0))
        .as("%d of %d class loaders were not collected", uncollected(loaders), REDEPLOYS)
        .isTrue();
  }

  @Test
  void w9_anApplicationThatLeavesAThreadBehindIsFound() throws Exception {
    Path war = WarFolder.create(folder.resolve("war"), LeakyStartup.class);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<WeakReference<ClassLoader>> loaders =
        List.of(
            deployAndUndeploy(
                war,
                context ->
                    assertThat(get(tomcat.uri(context, "/")).asString()).isEqualTo("leaky")));

    System.gc();
    assertThat(uncollected(loaders)).isOne();
    becomesTrue(() -> strangers(before).size() == 1);
    assertThat(strangers(before)).extracting(Thread::getName).containsExactly(LeakyStartup.THREAD);
    strangers(before).forEach(Thread::interrupt);
    assertThat(becomesTrue(() -> uncollected(loaders) == 0)).isTrue();
  }

  private WeakReference<ClassLoader> deployAndUndeploy(Path war, Traffic traffic) throws Exception {
    StandardContext context = tomcat.deploy("/app", war);
    traffic.drive(context);
    WeakReference<ClassLoader> loader = new WeakReference<>(context.getLoader().getClassLoader());
    tomcat.undeploy(context);
    return loader;
  }

  private void drive(Context context) throws Exception {
    InputStream stream = open(context, "/stream");
    assertThat(get(tomcat.uri(context, "/sync")).asString()).isEqualTo("sync");
    for (int i = 0; i < 4; i++) {
      assertThat(body(context, "/async")).isEqualTo("async");
    }
    assertThat(get(tomcat.uri(context, "/fail")).statusCode()).isEqualTo(500);
    assertThat(get(tomcat.uri(context, "/session")).cookies()).containsKey("JSESSIONID");
    byte[] file = new byte[200_000];
    assertThat(
            given().multiPart("file", "a.bin", file).post(tomcat.uri(context, "/form")).asString())
        .isEqualTo("200000");
    assertThat(stream.available()).isZero();
  }

  private String body(Context context, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(tomcat.uri(context, path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Opens a stream that ends only with the application. */
  private InputStream open(Context context, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(tomcat.uri(context, path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private static Set<Thread> strangers(Set<Thread> before) {
    Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
    now.removeAll(before);
    now.removeIf(thread -> NOT_OURS.matcher(thread.getName()).lookingAt());
    return now;
  }

  private static long uncollected(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  /** Collects garbage and looks again until a condition holds or the time is over. */
  private static boolean becomesTrue(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /** What a client does with an application between its deployment and its end. */
  private interface Traffic {
    void drive(Context context) throws Exception;
  }
}
