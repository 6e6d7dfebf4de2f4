package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class ExplorerStartupTest {

  private static final Pattern LINK =
      Pattern.compile("(?:href|action|src|data-upload|data-facts-at)=\"([^\"]*)\"");

  private final InMemoryServer server = new InMemoryServer();
  private final WebHost host =
      WebHost.builder().server(server).startup(new ExplorerStartup()).build();

  @BeforeEach
  void start() throws Exception {
    host.start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void theFrontPageTellsAboutTheRequestThatAskedForIt() {
    String page = get("/?a=1&b=%C3%A5").text();

    assertThat(page).contains("<h1>It works</h1>", "rawTarget", "/?a=1&amp;b=%C3%A5", "å");
    assertThat(page).contains("HttpRequestFeature", "method = &quot;GET&quot;");
    assertThat(page).contains("ApplicationLifetime");
  }

  @Test
  void featuresThatAServerLacksAreNamed() {
    String page = get("/").text();

    assertThat(page.substring(page.indexOf("Left out by this server")))
        .contains("HttpServletFeature")
        .doesNotContain("HttpRequestFeature");
  }

  @Test
  void whatTheClientSentIsEscapedEverywhere() {
    InMemoryResponse page =
        server
            .request("GET", "/look/%3Cscript%3E?%3Cscript%3E=%3Cscript%3E")
            .header("X-Try", "<script>\"'&")
            .header("Cookie", "c=<script>")
            .header("Host", "<script>")
            .send();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("&lt;script&gt;&quot;&#39;&amp;").doesNotContain("<script>");
    assertThat(get("/%3Cscript%3E").text()).contains("&lt;script&gt;").doesNotContain("<script");
  }

  @Test
  void everyLinkStaysBelowTheMountPoint() {
    String page =
        server
            .request("GET", "/")
            .prepare(context -> context.request().setPathBase("/ä pp"))
            .send()
            .text();

    assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
        .hasSizeGreaterThan(10)
        .allMatch(
            link ->
                link.startsWith("/%C3%A4%20pp/") || link.startsWith("#") || link.equals("data:,"));
  }

  @Test
  void everyLinkOfTheFrontPageLeadsSomewhere() {
    String page = get("/").text();

    assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
        .filteredOn(link -> link.startsWith("/") && !link.matches("/(fail/.*|slow|clock|upload)"))
        .allSatisfy(
            link -> {
              String target = link.replaceAll("#.*", "").replace("&amp;", "&");
              assertThat(get(target).status()).as(link).isIn(200, 302, 400, 415, 501);
            });
  }

  @Test
  void aPathFromTheFormIsEscaped() {
    assertThat(get("/goto?path=a+b%0Ac%3F").headers().first("Location"))
        .isEqualTo("/look/a%20b%0Ac%3F");
    assertThat(get("/goto?path=//evil.example").headers().first("Location"))
        .isEqualTo("/look//evil.example");
  }

  @Test
  void aResponseHeaderIsSet() {
    assertThat(get("/headers?name=A&value=b+c").headers().first("X-Try-A")).isEqualTo("b c");
  }

  @Test
  void aResponseHeaderThatNoServerMaySendIsRefused() {
    for (String query :
        new String[] {"name=A&value=%C3%A9", "name=a+b&value=c", "name=A&value=%0A"}) {
      InMemoryResponse answer = get("/headers?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.text()).contains("Refused before it could do harm");
    }
  }

  @Test
  void formsAreShown() {
    String page =
        server
            .request("POST", "/form")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .content("text=%3Cb%3E&text=two")
            .send()
            .text();

    assertThat(page).contains("Your form arrived", "&lt;b&gt;", "two", "No files.");
  }

  @Test
  void whatIsNoFormIsRefused() {
    assertThat(server.request("POST", "/form").content("text").send().status()).isEqualTo(415);
  }

  @Test
  void unknownPathsGetAPageThatSaysSo() {
    assertThat(get("/no/such").status()).isEqualTo(404);
    assertThat(get("/no/such").text()).contains("<h1>Nothing here</h1>", "/no/such");
  }

  @Test
  void aFailureBeforeTheStartIsAnEmpty500() {
    InMemoryResponse answer = get("/fail/early");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.content()).isEmpty();
    assertThat(answer.headers().first("Content-Security-Policy")).isNull();
  }

  @Test
  void aFailureWithinTheAnswerBreaksItOff() {
    InMemoryResponse answer = get("/fail/late");

    assertThat(answer.text()).contains("first bytes").doesNotContain("</html>");
    assertThat(answer.isComplete()).isFalse();
  }

  @Test
  void theSlowAnswerGrowsUpToItsEnd() {
    InMemoryResponse answer = get("/slow?seconds=1");

    assertThat(answer.text()).contains("second 1").doesNotContain("second 2").contains("</html>");
    assertThat(answer.isComplete()).isTrue();
  }

  @Test
  void theSlowAnswerEndsWithTheApplication() {
    InMemoryExchange slow = server.request("GET", "/slow?seconds=30").begin();
    assertThat(slow.status()).isEqualTo(200);

    host.stop();
    assertThat(slow.response().text()).contains("</html>").doesNotContain("second 20");
    assertThat(slow.response().isComplete()).isTrue();
  }

  private InMemoryResponse get(String target) {
    return server.request("GET", target).send();
  }
}
