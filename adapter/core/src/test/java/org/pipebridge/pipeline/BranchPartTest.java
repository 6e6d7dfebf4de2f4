package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.pipebridge.http.HttpContext;

final class BranchPartTest {

  private static final Predicate<HttpContext> IN_BRANCH =
      context -> Contexts.paths(context).equals("|/in");

  private final List<String> log = new ArrayList<>();

  @Test
  void p11_mapWhenChangesNoPathAndDoesNotRejoin() throws Exception {
    var app = new ApplicationBuilder();
    app.mapWhen(IN_BRANCH, branch -> branch.use(logging("branch"))).run(c -> log.add("main"));

    assertThat(Contexts.status(Contexts.run(app, "/in"))).isEqualTo(404);
    assertThat(log).containsExactly("branch |/in");

    log.clear();
    assertThat(Contexts.status(Contexts.run(app, "/out"))).isEqualTo(200);
    assertThat(log).containsExactly("main");
  }

  @Test
  void p11_useWhenRejoinsTheMainPipeline() throws Exception {
    var app = new ApplicationBuilder();
    app.useWhen(IN_BRANCH, branch -> branch.use(logging("branch"))).run(c -> log.add("main"));

    Contexts.run(app, "/in");
    assertThat(log).containsExactly("branch |/in", "main");

    log.clear();
    Contexts.run(app, "/out");
    assertThat(log).containsExactly("main");
  }

  @Test
  void p11_aPartOfUseWhenMayEndTheRequest() throws Exception {
    var app = new ApplicationBuilder();
    app.useWhen(IN_BRANCH, branch -> branch.run(c -> log.add("branch")));
    app.run(c -> log.add("main"));

    Contexts.run(app, "/in");

    assertThat(log).containsExactly("branch");
  }

  @Test
  void p11_aBranchInsideUseWhenHasTheEndOfThePipelineAndDoesNotRejoin() throws Exception {
    var app = new ApplicationBuilder();
    app.useWhen(IN_BRANCH, branch -> branch.mapWhen(IN_BRANCH, inner -> {}));
    app.run(c -> log.add("main"));

    assertThat(Contexts.status(Contexts.run(app, "/in"))).isEqualTo(404);
    assertThat(log).isEmpty();
  }

  @Test
  void p11_aPredicateThatThrowsFailsTheRequest() {
    var failure = new IllegalStateException("predicate");
    Predicate<HttpContext> failing =
        context -> {
          throw failure;
        };

    for (ApplicationBuilder app :
        List.of(
            new ApplicationBuilder().mapWhen(failing, branch -> {}),
            new ApplicationBuilder().useWhen(failing, branch -> {}))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> Contexts.run(app, "/"))
          .isSameAs(failure);
    }
  }

  @Test
  void p13_aBranchSeesThePropertiesAndWritesToItsOwn() {
    var app = new ApplicationBuilder();
    app.properties().put("a", 1);
    app.mapWhen(
        IN_BRANCH,
        branch -> {
          log.add("a is " + branch.properties().get("a"));
          branch.properties().put("a", 2);
        });

    assertThat(log).containsExactly("a is 1");
    assertThat(app.properties()).containsEntry("a", 1);
  }

  private Middleware logging(String name) {
    return (context, next) -> {
      log.add(name + " " + Contexts.paths(context));
      next.handle(context);
    };
  }
}
