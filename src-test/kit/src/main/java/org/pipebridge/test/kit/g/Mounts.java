package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.PathBaseMiddleware;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K166, K168: pipelines that are mounted at a path. */
final class Mounts {

  private Mounts() {}

  static List<Scenario> scenarios() {
    return List.of(k166(), k166Failing(), k168());
  }

  /** Writes down both parts of the path, without where the server has mounted the application. */
  private static void record(HttpContext context, Run run, String mount) {
    String base = context.request().pathBase();
    String below = base.startsWith(mount) ? base.substring(mount.length()) : "not below " + mount;
    run.record(below + " + " + context.request().path());
  }

  private static Scenario k166() {
    return Scenario.named("K166", "p10_mapMovesAPrefixAndRestoresIt")
        .rules("P10", "V22")
        .pipeline(
            (app, run) -> {
              run.attempt("map /foo/", () -> app.map("/foo/", branch -> {}));
              run.attempt("map foo", () -> app.map("foo", branch -> {}));
              app.use(
                  (context, next) -> {
                    context.items().put("mount", context.request().pathBase());
                    next.handle(context);
                    record(context, run, mount(context));
                  });
              Consumer<ApplicationBuilder> inner =
                  branch -> branch.run(context -> record(context, run, mount(context)));
              app.map("/foo", foo -> foo.map("/cho", inner));
            })
        .check(
            probe -> {
              probe.ask(probe.request("GET", "/Foo/Cho/x")).isEmpty(200);
              probe.ask(probe.request("GET", "/food/cho")).isEmpty(404);
              probe.ask(probe.request("GET", "/foo/chox")).isEmpty(404);
              probe.ask(probe.request("GET", "/foo/cho")).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "map /foo/=IllegalArgumentException",
                      "map foo=IllegalArgumentException",
                      "/Foo/Cho + /x",
                      " + /Foo/Cho/x",
                      " + /food/cho",
                      " + /foo/chox",
                      "/foo/cho + ",
                      " + /foo/cho");
            });
  }

  private static String mount(HttpContext context) {
    return String.valueOf(context.items().get("mount"));
  }

  private static Scenario k166Failing() {
    return Scenario.named("K166", "p10_aBranchThatFailsRestoresThePathToo")
        .rules("P10", "P7")
        .pipeline(
            (app, run) -> {
              app.use(
                  (context, next) -> {
                    try {
                      next.handle(context);
                    } catch (UnsupportedOperationException e) {
                      context.response().write(context.request().path());
                    }
                  });
              app.map(
                  "/foo",
                  foo ->
                      foo.runAsync(
                          context ->
                              run.awaitAsync("go")
                                  .thenRun(
                                      () -> {
                                        throw new UnsupportedOperationException("branch");
                                      })));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("GET", "/foo/x"));
              probe.signal("go");
              connection.answer().hasStatus(200).hasText("/foo/x");
            });
  }

  private static Scenario k168() {
    return Scenario.named("K168", "p12_aPathBaseIsMovedWhereItMatches")
        .rules("P12")
        .pipeline(
            (app, run) -> {
              app.use(
                  (context, next) -> {
                    context.items().put("mount", context.request().pathBase());
                    next.handle(context);
                    record(context, run, mount(context));
                  });
              app.useAsync(new PathBaseMiddleware("/base/"));
              app.run(context -> record(context, run, mount(context)));
            })
        .check(
            probe -> {
              for (String path : List.of("/base", "/base/", "/BASE/x", "/baseball")) {
                probe.ask(probe.request("GET", path)).isEmpty(200);
              }
              assertThat(probe.facts())
                  .containsExactly(
                      "/base + ",
                      " + /base",
                      "/base + /",
                      " + /base/",
                      "/BASE + /x",
                      " + /BASE/x",
                      " + /baseball",
                      " + /baseball");
            });
  }
}
