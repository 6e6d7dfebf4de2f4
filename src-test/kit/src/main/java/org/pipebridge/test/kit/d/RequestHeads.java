package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K90, K93, K95, K99, K103: what is right in the head of a request. */
final class RequestHeads {

  private RequestHeads() {}

  static List<Scenario> scenarios() {
    return List.of(
        k90("q3_anOldClientNeedsNoHost", false),
        k90("q3_aHostMayBeEmpty", true),
        k93(),
        k93Invalid(),
        k95(),
        k95Announced(),
        k99(),
        k103());
  }

  private static void tellHost(HttpContext context, Run run) throws Exception {
    run.record("host", context.request().host().value());
    run.record("given", context.request().host().hasValue());
  }

  private static Scenario k90(String name, boolean empty) {
    return Scenario.named("K90", name)
        .rules("Q3", "C5")
        .needs(Capability.BYTES)
        .application(RequestHeads::tellHost)
        .once()
        .check(
            probe -> {
              Request bare = probe.get().without("Host");
              Answer answer = probe.ask(empty ? bare.header("Host", "") : bare.version("HTTP/1.0"));
              if (answer.status() != 400 || probe.can(Capability.HOST)) {
                answer.isEmpty(200);
                assertThat(probe.facts()).containsExactly("host=", "given=false");
              }
              probe.connect().isKept();
            });
  }

  private static void echoText(HttpContext context, Run run) throws Exception {
    run.record("text", context.request().headers().first("X-Text"));
    run.record("values", context.request().headers().values("x-TEXT"));
  }

  private static Scenario k93() {
    return Scenario.named("K93", "v4_aHeaderIsReadAsUtf8")
        .rules("V4", "V1")
        .application(RequestHeads::echoText)
        .once()
        .check(
            probe -> {
              probe.ask(probe.get().header("X-Text", "\u00e9 \u6211")).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("text=\u00e9 \u6211", "values=[\u00e9 \u6211]");
            });
  }

  /** One octet of Latin-1 is no UTF-8. A container may refuse it, else it is taken as Latin-1. */
  private static Scenario k93Invalid() {
    return Scenario.named("K93", "v4_aHeaderThatIsNotUtf8IsRefusedOrKept")
        .rules("V4", "Q7")
        .needs(Capability.BYTES)
        .application(RequestHeads::echoText)
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.get().header("X-Text", "\u00e9"), StandardCharsets.ISO_8859_1);
              Answer answer = connection.answer();
              if (probe.can(Capability.HOST)) {
                answer.isEmpty(400).hasHeader("Connection", "close");
                connection.isClosed();
                assertThat(probe.facts()).isEmpty();
              } else if (answer.status() != 400) {
                answer.isEmpty(200);
                assertThat(probe.facts()).startsWith("text=\u00e9");
              }
              probe.connect().isKept();
            });
  }

  private static Scenario k95() {
    return Scenario.named("K95", "q6_aPostWithoutLengthHasNoContent")
        .rules("Q6", "Q20")
        .application(
            (context, run) -> {
              run.record("can", context.request().canHaveBody());
              run.record("read", context.request().body().read());
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.request("POST", "/")).isEmpty(200);
              assertThat(probe.facts()).containsExactly("can=false", "read=-1");
            });
  }

  private static Scenario k95Announced() {
    return Scenario.named("K95", "f29_whetherContentMayComeIsKnownAtOnce")
        .rules("F29", "Q6")
        .application((context, run) -> run.record("can", context.request().canHaveBody()))
        .once()
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              probe.ask(probe.request("POST", "/").content("")).isEmpty(200);
              probe.ask(probe.request("POST", "/").content("hello")).isEmpty(200);
              probe.ask(probe.request("POST", "/").chunks("hello")).isEmpty(200);
              probe.ask(probe.request("GET", "/").chunks("hello")).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("can=false", "can=false", "can=true", "can=true", "can=true");
            });
  }

  private static Scenario k99() {
    return Scenario.named("K99", "v29_aHostIsShownInUnicode")
        .rules("V29")
        .application(
            (context, run) -> {
              run.record("value", context.request().host().value());
              run.record("host", context.request().host().host());
              run.record("port", context.request().host().port());
            })
        .once()
        .check(
            probe -> {
              String host = "xn--bcher-kva.example:80";
              probe.ask(probe.get().without("Host").header("Host", host)).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "value=" + host, "host=b\u00fccher.example", "port=OptionalInt[80]");
            });
  }

  private static Scenario k103() {
    return Scenario.named("K103", "f43_whatTlsTellsIsThereWithTlsOnly")
        .rules("F43", "F44", "F8", "C4")
        .application(
            (context, run) -> {
              run.record("scheme", context.request().scheme());
              run.record("https", context.request().isHttps());
              TlsConnectionFeature tls = context.features().get(TlsConnectionFeature.class);
              TlsHandshakeFeature handshake = context.features().get(TlsHandshakeFeature.class);
              run.record("connection", tls == null ? null : tls.clientCertificateChain());
              run.record("handshake", handshake == null ? null : handshake.keySize() >= 128);
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              if (probe.can(Capability.TLS)) {
                assertThat(probe.facts())
                    .containsExactly(
                        "scheme=https", "https=true", "connection=[]", "handshake=true");
              } else {
                assertThat(probe.facts())
                    .containsExactly(
                        "scheme=http", "https=false", "connection=null", "handshake=null");
              }
            });
  }
}
