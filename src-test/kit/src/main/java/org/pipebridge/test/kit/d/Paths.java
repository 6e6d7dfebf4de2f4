package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.pipebridge.pipeline.PathBaseMiddleware;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K80 to K85, K96: what becomes of a path on its way to the application. */
final class Paths {

  private Paths() {}

  static List<Scenario> scenarios() {
    return List.of(k80(), k81(), k81Climbing(), k82(), k83(), k84(), k85(), k85Escaped(), k96());
  }

  private static Scenario k80() {
    return Scenario.named("K80", "v12_aPathIsDecodedOnceAndNotNormalised")
        .rules("V12", "V15", "V16")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Request request = probe.request("GET", "/%41%CC%8A/A/../B/%41%CC%8A");
              Target target = Target.ask(probe, request);
              assertThat(target.path()).isEqualTo("/A\u030a/B/A\u030a");
              assertThat(target.rawTarget()).isEqualTo(request.target());
            });
  }

  private static Scenario k81() {
    return Scenario.named("K81", "v15_dotSegmentsGo")
        .rules("V15")
        .application(Target::tell)
        .once()
        .check(
            probe ->
                decodeTo(
                    probe,
                    Map.of(
                        "/a/%2E%2E/b", "/b",
                        "/a/../b", "/b",
                        "/a/..", "/",
                        "/a/.", "/a/",
                        "/a/...", "/a/...")));
  }

  private static Scenario k81Climbing() {
    return Scenario.named("K81", "v15_dotSegmentsNeverClimbAboveTheRoot")
        .rules("V15")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              probe.needs(Target.isRoot(probe), "the root"); // elsewhere it climbs out
              decodeTo(probe, Map.of("/../a", "/a", "/%2e%2E/../a", "/a"));
            });
  }

  private static Scenario k82() {
    return Scenario.named("K82", "v15_aQueryIsNoPath")
        .rules("V15", "V24")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Target target = Target.ask(probe, probe.request("GET", "/a?p=/a/../b"));
              assertThat(target.path()).isEqualTo("/a");
              assertThat(target.queryString()).isEqualTo("?p=/a/../b");
            });
  }

  private static Scenario k83() {
    return Scenario.named("K83", "v12_anEscapedSlashIsNoSeparator")
        .rules("V12")
        .application(Target::tell)
        .once()
        .check(
            probe ->
                decodeTo(
                    probe, Map.of("/%2F", "/%2F", "/sub%2fpath", "/sub%2fpath", "/%252F", "/%2F")));
  }

  private static Scenario k84() {
    return Scenario.named("K84", "v12_utf8IsDecodedAndAPlusStays")
        .rules("V12")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Map<String, String> paths =
                  Map.of(
                      "/%C3%A5", "/\u00e5",
                      "/%E6%88%91", "/\u6211",
                      "/%F0%A4%AD%A2", "/\ud852\udf62",
                      "/a+b", "/a+b");
              paths.forEach(
                  (raw, path) ->
                      assertThat(Target.ask(probe, probe.request("GET", raw)).path())
                          .as("path of %s", raw)
                          .isEqualTo(path));
            });
  }

  private static Scenario k85() {
    return Scenario.named("K85", "v11_pathParametersGo")
        .rules("V11")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Request request = probe.request("GET", "/a;x=1/b;jsessionid=2?q");
              Target target = Target.ask(probe, request);
              assertThat(target.path()).isEqualTo("/a/b");
              assertThat(target.queryString()).isEqualTo("?q");
              if (probe.can(Capability.HOST)) { // some containers take the session out of the URI
                assertThat(target.rawTarget()).isEqualTo(request.target());
              }
            });
  }

  private static Scenario k85Escaped() {
    return Scenario.named("K85", "v12_anEscapedSemicolonStartsNoParameter")
        .rules("V11", "V12")
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              Request request = probe.request("GET", "/a%3Bx");
              Target target = Target.ask(probe, request);
              assertThat(target.path()).isEqualTo("/a;x");
              assertThat(target.rawTarget()).isEqualTo(request.target());
            });
  }

  private static Scenario k96() {
    return Scenario.named("K96", "v19_pathBaseAndPathAreTheWholePath")
        .rules("V19", "V20")
        .behind((app, run) -> app.useAsync(new PathBaseMiddleware("/base")))
        .application(Target::tell)
        .once()
        .check(
            probe -> {
              for (String path : List.of("/", "/x")) {
                Request request = probe.request("GET", "/base" + path);
                Target target = Target.ask(probe, request);
                assertThat(target.path()).isEqualTo(path);
                assertThat(target.pathBase()).endsWith("/base");
                assertThat(target.pathBase() + target.path()).isEqualTo(request.target());
              }
            });
  }

  private static void decodeTo(Probe probe, Map<String, String> paths) {
    paths.forEach(
        (raw, path) ->
            Target.askIfLetIn(probe, probe.request("GET", raw))
                .ifPresent(
                    target -> assertThat(target.path()).as("path of %s", raw).isEqualTo(path)));
  }
}
