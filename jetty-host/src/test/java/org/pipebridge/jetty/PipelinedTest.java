package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.http.HttpContext;

/** A request that begins in a packet of the one before it (R25), and is inspected all the same. */
final class PipelinedTest {

  private static final String POST = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n";
  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: nothing\r\n";
  private static TestHost host;

  @BeforeAll
  static void start() throws Exception {
    host = TestHost.start(PipelinedTest::echo);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static void echo(HttpContext context) throws Exception {
    var request = context.request();
    if (request.path().equals("/a")) {
      context.response().write("begun\n");
      context.response().flush();
    }
    int count = request.body().readAllBytes().length;
    context
        .response()
        .write("raw=%s host=%s count=%s.".formatted(request.rawTarget(), request.host(), count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", UPGRADE})
  void r25_aHeadMayBeCutBehindContentOfAPacketOfItsOwn(String lines) {
    try (RawClient client = host.connect()) {
      client.send(POST + lines + "\r\n").readUntil("begun");
      client.send("helloGET /b").readUntil("count=5.");
      client.send(" HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("raw=/b host=x count=0.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", UPGRADE})
  void r25_aHeadMayBeCutBehindAWholeRequest(String lines) {
    try (RawClient client = host.connect()) {
      client.send(POST + lines + "\r\nhelloGE").readUntil("count=5.");
      client.send("T /b HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("raw=/b host=x count=0.");
      client.get("/c").readUntil("raw=/c");
    }
  }

  @ParameterizedTest
  @CsvSource({"/%,x", "/%zz,x", "/..x/%2,x", "/b,''"})
  void v11_q3_aHeadBehindContentIsAmendedToo(String target, String name) {
    String next = "GET " + target + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n";
    try (RawClient client = host.connect()) {
      client.send(POST + "\r\nhello" + next + POST + "\r\nhello" + next);
      for (int i = 0; i < 2; i++) {
        client.readUntil("count=5.");
        assertThat(client.readUntil("count=0.")).contains("raw=" + target + " host=" + name + " ");
      }
    }
  }

  @Test
  void q2_aHeadBehindContentIsCheckedToo() {
    try (RawClient client = host.connect()) {
      client.send(POST + "\r\nhelloGET  /b HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("count=5.");
      assertThat(client.readToEnd()).contains("HTTP/1.1 400 ");
    }
  }

  @Test
  void r25_manyRequestsMayComeAtOnce() {
    String one = POST + "\r\nhello" + "GET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    int times = 500; // more than a buffer of the parser holds
    try (RawClient client = host.connect()) {
      client.send(one.repeat(times));
      for (int i = 0; i < times; i++) {
        client.readUntil("count=5.");
        client.readUntil("raw=/b host=x count=0.");
      }
    }
  }
}
