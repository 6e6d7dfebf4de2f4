package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.http.HttpContext;

final class MapPartTest {

  private final List<String> log = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "/foo, /foo, '/foo|'",
    "/foo, /Foo/, /Foo|/",
    "/foo, /FOO/x, /FOO|/x",
    "/foo/bar, /foo/Bar/x, /foo/Bar|/x",
    "'', /foo, |/foo",
    "'', '', |",
  })
  void p10_theMatchedPartMovesToThePathBaseInTheCasingOfTheRequest(
      String prefix, String path, String expected) throws Exception {
    HttpContext context = Contexts.run(new ApplicationBuilder().map(prefix, this::echo), path);

    assertThat(log).containsExactly(expected);
    assertThat(Contexts.paths(context)).isEqualTo("|" + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/food", "/", "", "/a/foo", "//foo"})
  void p10_whatIsNotBelowThePrefixGoesOn(String path) throws Exception {
    var app = new ApplicationBuilder().map("/foo", this::echo).run(c -> log.add("main"));

    Contexts.run(app, path);

    assertThat(log).containsExactly("main");
  }

  @Test
  void p10_branchesNest() throws Exception {
    var app = new ApplicationBuilder().map("/foo", branch -> branch.map("/cho", this::echo));
    HttpContext context = Contexts.get("/app", "/Foo/Cho/x");

    Contexts.run(app.build(), context);

    assertThat(log).containsExactly("/app/Foo/Cho|/x");
    assertThat(Contexts.paths(context)).isEqualTo("/app|/Foo/Cho/x");
  }

  @Test
  void p10_aBranchHasItsOwnEndAndNeverFallsBack() throws Exception {
    var app = new ApplicationBuilder().map("/foo", branch -> {}).run(c -> log.add("main"));

    assertThat(Contexts.status(Contexts.run(app, "/foo"))).isEqualTo(404);
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "/foo/", "/", "foo/"})
  void p10_aPrefixMustStartAndNotEndWithASlash(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApplicationBuilder().map(prefix, branch -> {}))
        .withMessageContaining('"' + prefix + '"');
  }

  @Test
  void p10_bothAreRestoredWhenTheBranchThrows() {
    var failure = new IOException("x");
    HttpContext context = Contexts.get("/base", "/foo/x");
    RequestDelegate pipeline =
        new MapPart(
            "/foo",
            c -> {
              throw failure;
            },
            new NotFoundEnd());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pipeline.invoke(context))
        .isSameAs(failure);
    assertThat(Contexts.paths(context)).isEqualTo("/base|/foo/x");
  }

  @Test
  void p10_bothAreRestoredWhenAStageFails() {
    var failure = new IOException("x");
    HttpContext context = Contexts.get("/foo/x");
    RequestDelegate pipeline =
        new MapPart("/foo", c -> CompletableFuture.failedStage(failure), new NotFoundEnd());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Contexts.run(pipeline, context))
        .isSameAs(failure);
    assertThat(Contexts.paths(context)).isEqualTo("|/foo/x");
  }

  @Test
  void p10_bothAreRestoredWhenAStageCompletesLaterAndNotBefore() throws Exception {
    var release = new CountDownLatch(1);
    var app = new ApplicationBuilder();
    app.useAsync(
        (context, next) -> {
          var stage = next.invoke(context);
          log.add(Contexts.paths(context));
          release.countDown();
          return stage.thenRun(() -> log.add(Contexts.paths(context)));
        });
    app.map("/foo", branch -> branch.runAsync(context -> Contexts.later(release::await)));

    Contexts.run(app, "/foo/x");

    assertThat(log).containsExactly("/foo|/x", "|/foo/x");
  }

  private void echo(ApplicationBuilder branch) {
    branch.run(context -> log.add(Contexts.paths(context)));
  }
}
