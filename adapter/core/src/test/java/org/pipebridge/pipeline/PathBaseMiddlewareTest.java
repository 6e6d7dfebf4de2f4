package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.http.HttpContext;

final class PathBaseMiddlewareTest {

  private final List<String> log = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "/base, /base, '/base|'",
    "/base, /base/, /base|/",
    "/base/, /Base/x, /Base|/x",
    "/base, /baseball, |/baseball",
    "/base, /other, |/other",
    "'', /base/x, |/base/x",
    "/, /base/x, |/base/x",
  })
  void p12_aMatchMovesThePrefixAndNextIsCalledInBothCases(
      String prefix, String path, String expected) throws Exception {
    HttpContext context = Contexts.run(mountedAt(prefix), path);

    assertThat(log).containsExactly(expected);
    assertThat(Contexts.paths(context)).isEqualTo("|" + path);
  }

  @Test
  void p12_thePrefixIsAddedToThePathBaseThatIsThere() throws Exception {
    HttpContext context = Contexts.get("/app", "/base/x");

    Contexts.run(mountedAt("/base").build(), context);

    assertThat(log).containsExactly("/app/base|/x");
    assertThat(Contexts.paths(context)).isEqualTo("/app|/base/x");
  }

  @Test
  void p12_bothAreRestoredAfterAFailure() {
    HttpContext context = Contexts.get("/base/x");
    var app = new ApplicationBuilder().useAsync(new PathBaseMiddleware("/base"));
    app.run(
        c -> {
          throw new IllegalStateException("x");
        });

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Contexts.run(app.build(), context));
    assertThat(Contexts.paths(context)).isEqualTo("|/base/x");
  }

  @Test
  void p12_aPrefixMustStartWithASlash() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PathBaseMiddleware("base"))
        .withMessageContaining("base");
  }

  private ApplicationBuilder mountedAt(String prefix) {
    return new ApplicationBuilder()
        .useAsync(new PathBaseMiddleware(prefix))
        .run(context -> log.add(Contexts.paths(context)));
  }
}
