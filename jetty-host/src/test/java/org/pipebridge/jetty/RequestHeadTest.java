package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.http.HttpContext;

/** What a client may send as a request head, and what it gets otherwise. */
final class RequestHeadTest {

  private static final String HOST = "Host: x\r\n\r\n";
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static TestHost host;

  @BeforeAll
  static void start() throws Exception {
    host = TestHost.start(RequestHeadTest::echo);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static void echo(HttpContext context) throws Exception {
    CALLS.incrementAndGet();
    var request = context.request();
    context
        .response()
        .write(
            "path=%s query=%s raw=%s host=%s a=%s"
                .formatted(
                    request.path(),
                    request.queryString(),
                    request.rawTarget(),
                    request.host().value(),
                    request.headers().first("A")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET  / HTTP/1.1, 400",
    "GET /, 400",
    "GET / http/1.1, 400",
    "GET / HTTP/1.2, 505",
    "GET / HTTP/2.0, 505",
    "G@T / HTTP/1.1, 400"
  })
  void q2_aFaultInTheRequestLineIsAnswered(String line, int status) {
    isRefused(line + "\r\n" + HOST, status);
  }

  @Test
  void q2_aRequestLineOverTheLimitIsTooLong() {
    isRefused("GET /" + "a".repeat(8 * 1024) + " HTTP/1.1\r\n" + HOST, 414);
    isRefused("GET /" + "a".repeat(64 * 1024) + " HTTP/1.1\r\n" + HOST, 414);
  }

  @Test
  void q2_theSecondRequestOfAConnectionIsCheckedToo() {
    try (RawClient client = host.connect()) {
      assertThat(client.get("/a").answer()).startsWith("HTTP/1.1 200");
      client.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
      assertThat(client.answer()).startsWith("HTTP/1.1 200");
      client.send("GET  /c HTTP/1.1\r\n" + HOST);
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void q2_aRequestLineMayComeByteByByte() {
    try (RawClient client = host.connect()) {
      for (String piece : "GET /a%20b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".split("")) {
        client.send(piece);
      }
      assertThat(client.readToEnd()).contains("path=/a b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: x\r\nHost: x\r\n", "Host: a=b\r\n", "Host: a/b\r\n"})
  void q3_aMissingADoubleOrAMalformedHostIsABadRequest(String lines) {
    isRefused("GET / HTTP/1.1\r\n" + lines + "\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host:\r\nA: b\r\n", "A: b\r\nHost: \r\n", "A: b\r\nhOST:\t \r\n"})
  void q3_anEmptyHostIsAccepted(String lines) {
    assertThat(exchange("GET / HTTP/1.1\r\n" + lines)).contains("200 OK", "host= a=b");
  }

  @Test
  void q3_http10NeedsNoHost() {
    assertThat(host.exchange("GET / HTTP/1.0\r\n\r\n")).contains("200 OK", "host= ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A: b\r\n c\r\n", "A\r\n", "A : b\r\n", ": b\r\n", "A: b\0\r\n", "A: b\rc\r\n"})
  void q4_aFaultInAHeaderLineIsABadRequest(String line) {
    isRefused("GET / HTTP/1.1\r\nHost: x\r\n" + line + "\r\n", 400);
  }

  @Test
  void q4_moreThan100HeaderLinesAreTooMany() {
    assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(98))).contains("200");
    isRefused("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(100) + "\r\n", 431);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 60})
  void q4_headerLinesOf32KiBAreTooLarge(int kibibytes) {
    String value = "b".repeat(kibibytes * 1024);
    isRefused("GET / HTTP/1.1\r\nHost: x\r\nA: " + value + "\r\n\r\n", 431);
  }

  @Test
  void q4_aHeadThatIsNotCompleteInTimeIsTimedOutAndAnIdleConnectionIsNot() throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withHeaderTimeout(Duration.ofSeconds(8));
    try (TestHost impatient = TestHost.start(options, RequestHeadTest::echo);
        RawClient client = impatient.connect()) {
      client.get("/a").answer();
      isRefused(impatient, "GET / HTTP/1.1\r\nHost: ", 408); // takes longer than the limit
      assertThat(client.get("/b").answer()).contains("path=/b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: NaN\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: not-chunked\r\n",
        "Transfer-Encoding: chunked, x\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"
      })
  void q5_aFaultInTheFramingIsABadRequest(String lines) {
    isRefused("POST / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n", 400);
  }

  @Test
  void q6_aPostWithoutALengthHasNoContent() {
    assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\n")).contains("200 OK");
  }

  @Test
  void v4_headerValuesAreUtf8() {
    assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nA: \u00c3\u00a5\r\n"))
        .contains("a=\u00c3\u00a5");
    isRefused("GET / HTTP/1.1\r\nHost: x\r\nA: \u00e5\r\n\r\n", 400);
  }

  @ParameterizedTest
  @CsvSource({
    "/%zz%2, /%zz%2",
    "/%ff, /%ff",
    "/../a, /a",
    "/a/%2E%2E/b, /b",
    "/a/.., /",
    "/a/., /a/",
    "/%2e%2e/..;x/b, /b",
    "/a/..., /a/...",
    "/%2F, /%2F",
    "/sub%2fpath, /sub%2fpath",
    "/%252F, /%2F",
    "//a//b, //a//b",
    "/a;x=1/b;jsessionid=2, /a/b",
    "/a%3Bx, /a;x",
    "/a+b, /a+b",
    "/WEB-INF/web.xml, /WEB-INF/web.xml",
    "/%u0041, /%u0041"
  })
  void v11_v16_thePathComesFromTheRawTargetAlone(String target, String path) {
    assertThat(exchange("GET " + target + "?q HTTP/1.1\r\nHost: x\r\n"))
        .contains("path=" + path + " query=?q raw=" + target + "?q ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%00", "/\0", "/\u007f", "/a\u0001"})
  void v14_aControlCharacterInTheTargetIsABadRequest(String target) {
    isRefused("GET " + target + " HTTP/1.1\r\n" + HOST, 400);
  }

  @Test
  void v17_anAsteriskIsForOptions() {
    assertThat(exchange("OPTIONS * HTTP/1.1\r\nHost: x\r\n")).contains("path= query= raw=* ");
    assertThat(isRefused("GET * HTTP/1.1\r\n" + HOST, 405)).contains("\r\nAllow: OPTIONS\r\n");
  }

  @Test
  void v17_anAuthorityIsForConnect() {
    assertThat(isRefused("GET www.x.org HTTP/1.1\r\n" + HOST, 405))
        .contains("\r\nAllow: CONNECT\r\n");
    try (RawClient client = host.connect()) {
      client.send("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n");
      assertThat(client.answer()).contains("path= query= raw=x:80 ");
    }
  }

  @Test
  void v18_anAbsoluteTargetIsTakenApart() {
    assertThat(exchange("GET http://x/path%20x?q=abc%20123 HTTP/1.1\r\nHost: x\r\n"))
        .contains("path=/path x query=?q=abc%20123 raw=http://x/path%20x?q=abc%20123 host=x");
    assertThat(exchange("GET http://x HTTP/1.1\r\nHost: x\r\n")).contains("path=/ query= ");
    assertThat(exchange("GET http://x/../%zz HTTP/1.1\r\nHost: x\r\n"))
        .contains("path=/%zz query= raw=http://x/../%zz ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/", "http://y/", "http://x@x/", "http://["})
  void v18_q3_anAbsoluteTargetElsewhereIsABadRequest(String target) {
    isRefused("GET " + target + " HTTP/1.1\r\n" + HOST, 400);
  }

  private static String exchange(String head) {
    return host.exchange(head + "Connection: close\r\n\r\n");
  }

  private static String isRefused(String request, int status) {
    return isRefused(host, request, status);
  }

  /** Q7: empty, closed, dated, and the application is not called. */
  private static String isRefused(TestHost host, String request, int status) {
    int before = CALLS.get();
    String answer = host.exchange(request);
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\r\nContent-Length: 0\r\n", "\r\nConnection: close\r\n", "\r\nDate: ")
        .doesNotContain("\r\nServer:")
        .endsWith("\r\n\r\n");
    assertThat(CALLS).hasValue(before);
    return answer;
  }
}
