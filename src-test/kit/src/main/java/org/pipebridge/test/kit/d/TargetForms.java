package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K87, K88: targets that are no path (RFC 9112, section 3.2). */
final class TargetForms {

  private TargetForms() {}

  static List<Scenario> scenarios() {
    return List.of(
        k87(),
        k87Refused("GET", "*", "v17_anAsteriskIsForOptionsAlone", "OPTIONS"),
        k87Refused("GET", "www.x.org", "v17_anAuthorityIsForConnectAlone", "CONNECT"),
        k88());
  }

  private static Scenario k87() {
    return Scenario.named("K87", "v17_anAsteriskHasNoPath")
        .rules("V17")
        .needs(Capability.HOST)
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Target target = Target.ask(probe, probe.request("OPTIONS", "*"));
              assertThat(target).isEqualTo(new Target("", "", "", "*"));
            });
  }

  private static Scenario k87Refused(String method, String target, String name, String allowed) {
    return Scenario.named("K87", name)
        .rules("V17", "Q7")
        .needs(Capability.BYTES, Capability.HOST)
        .application((context, run) -> run.record("called"))
        .once()
        .check(
            probe -> {
              Request request = probe.request(method, target);
              Refusal.refuses(probe, request, 405).hasHeader("Allow", allowed);
              probe.connect().isKept();
            });
  }

  private static Scenario k88() {
    return Scenario.named("K88", "v18_aWholeUriHasAPath")
        .rules("V18", "V25")
        .application(
            (context, run) -> {
              run.record("q", context.request().query().first("q"));
              Target.tell(context, run);
            })
        .once()
        .check(
            probe -> {
              Request origin = probe.request("GET", "/path%20x?q=abc%20123");
              String absolute = "http://" + host(origin) + origin.target();
              Target target = Target.ask(probe, probe.request("GET", absolute));
              assertThat(target.path()).isEqualTo("/path x");
              assertThat(target.queryString()).isEqualTo("?q=abc%20123");
              assertThat(probe.facts()).containsExactly("q=abc 123");
              if (probe.can(Capability.HOST)) {
                assertThat(target.rawTarget()).isEqualTo(absolute);
              } else {
                assertThat(target.rawTarget()).isIn(absolute, origin.target());
              }
            });
  }

  private static String host(Request request) {
    return request.headers().stream()
        .filter(field -> field.name().equals("Host"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
