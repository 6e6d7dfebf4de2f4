package org.pipebridge.test.war;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.servlet.PipelineServlet;

/** What a container finds in a WAR without a web.xml (W1, W2, W4, W5, K193). */
final class InitializerTest {

  @TempDir Path folder;

  private final ContainerLog log = new ContainerLog();
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
  void w1_oneStartupRunsAtEveryPath() throws Exception {
    Context context = tomcat.deploy("/app", WarFolder.create(war(), PathStartup.class));

    assertThat(context.findServletMapping("/*")).isEqualTo("pipebridge");
    assertThat(body(context, "/a/b")).isEqualTo("/app /a/b");
    assertThat(body(context, "/")).isEqualTo("/app /");
  }

  @Test
  void w1_withoutStartupNothingIsRegisteredAndInfoTellsSo() throws Exception {
    Context context = tomcat.deploy("/app", WarFolder.create(war()));

    assertThat(context.getState().isAvailable()).isTrue();
    assertThat(context.findChildren()).extracting(Container::getName).containsExactly("default");
    assertThat(log.lines())
        .anyMatch(line -> line.startsWith("INFO no Startup found") && line.contains("/app"));
  }

  @Test
  void w1_twoStartupsAreRefusedByName() throws Exception {
    Path war = WarFolder.create(war(), PathStartup.class, AddressesStartup.class);

    assertIsRefused(
        tomcat.deploy("/app", war), PathStartup.class.getName(), AddressesStartup.class.getName());
  }

  @Test
  void w1_aContextParameterNamesOneOfTwoStartups() throws Exception {
    Path war = WarFolder.create(war(), AddressesStartup.class, PathStartup.class);
    writeWebXml(war, parameter("pipebridge.startup", PathStartup.class.getName()));

    assertThat(body(tomcat.deploy("/app", war), "/x")).isEqualTo("/app /x");
  }

  @Test
  void w2_aFailingConfigureIsRefusedWithClassAndCause() throws Exception {
    Path war = WarFolder.create(war(), FailingStartup.class);

    assertIsRefused(
        tomcat.deploy("/app", war), FailingStartup.class.getName(), "the database is missing");
  }

  @Test
  void w2_aProviderThatCannotBeMadeIsRefusedWithClassAndCause() throws Exception {
    Path war = WarFolder.create(war(), UnmakeableStartup.class);

    assertIsRefused(
        tomcat.deploy("/app", war), UnmakeableStartup.class.getName(), "the key is missing");
  }

  @Test
  void w2_aTakenMappingIsRefused() throws Exception {
    Path war = WarFolder.create(war(), PathStartup.class);
    writeWebXml(
        war,
        """
        <servlet><servlet-name>old</servlet-name><servlet-class>old.Servlet</servlet-class></servlet>
        <servlet-mapping><servlet-name>old</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>
        """);

    assertIsRefused(tomcat.deploy("/app", war), "/*");
  }

  @Test
  void w4_capturedStartupErrorsAnswerEachRequestWithAnEmpty500() throws Exception {
    Path war = WarFolder.create(war(), FailingStartup.class);
    writeWebXml(war, parameter("pipebridge.captureStartupErrors", "true"));
    Context context = tomcat.deploy("/app", war);

    var answer = get(tomcat.uri(context, "/"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void w5_aSettingChangesTheMapping() throws Exception {
    Path war = WarFolder.create(war(), PathStartup.class);
    writeWebXml(war, parameter("pipebridge.mapping", "/api/*"));
    Context context = tomcat.deploy("/app", war);

    assertThat(body(context, "/api/x")).isEqualTo("/app/api /x");
    assertThat(get(tomcat.uri(context, "/other")).statusCode()).isEqualTo(404);
  }

  @Test
  void w5_aSettingRegistersTheFilterInsteadOfTheServlet() throws Exception {
    Path war = WarFolder.create(war(), PathStartup.class);
    writeWebXml(war, parameter("pipebridge.mode", "filter"));
    Context context = tomcat.deploy("/app", war);

    assertThat(context.findFilterDef("pipebridge")).isNotNull();
    assertThat(context.findChild("pipebridge")).isNull();
    assertThat(body(context, "/x")).isEqualTo("/app /x");
  }

  @Test
  void w1_anApplicationThatMapsTheServletItselfIsLeftAlone() throws Exception {
    Path war = WarFolder.create(war(), PathStartup.class);
    writeWebXml(
        war,
        """
        <servlet><servlet-name>mine</servlet-name><servlet-class>%s</servlet-class></servlet>
        <servlet-mapping><servlet-name>mine</servlet-name><url-pattern>/mine/*</url-pattern></servlet-mapping>
        """
            .formatted(PipelineServlet.class.getName()));
    Context context = tomcat.deploy("/app", war);

    assertThat(context.findChild("pipebridge")).isNull();
    assertThat(body(context, "/mine/x")).isEqualTo("/app/mine /x");
  }

  @Test
  void w10_twoWarsInOneContainerAreApart() throws Exception {
    Path first = WarFolder.create(folder.resolve("first"), PathStartup.class);
    Path second = WarFolder.create(folder.resolve("second"), AddressesStartup.class);
    Context one = tomcat.deploy("/one", first);
    Context two = tomcat.deploy("/two", second);

    assertThat(body(two, "/")).endsWith("unmodifiable");
    tomcat.undeploy(two);
    assertThat(body(one, "/x")).isEqualTo("/one /x");
  }

  private void assertIsRefused(StandardContext context, String... reasons) {
    assertThat(context.getState().isAvailable()).isFalse();
    assertThat(context.findChild("pipebridge")).isNull();
    assertThat(log.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("SEVERE")
                    .contains("ServletException")
                    .contains(reasons));
  }

  private String body(Context context, String path) {
    return get(tomcat.uri(context, path)).asString();
  }

  private Path war() {
    return folder.resolve("war");
  }

  private static String parameter(String name, String value) {
    return "<context-param><param-name>%s</param-name><param-value>%s</param-value></context-param>"
        .formatted(name, value);
  }

  private static void writeWebXml(Path war, String content) throws Exception {
    Files.writeString(
        war.resolve("WEB-INF/web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        %s
        </web-app>
        """
            .formatted(content));
  }
}
