package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.Form;
import org.pipebridge.test.kit.Request;

/** A form that a filter in front has read is still a form (V46). */
final class FormFallbackTest {

  private static final Filter ASKING =
      (request, response, chain) -> {
        request.setCharacterEncoding("UTF-8");
        request.getParameter("anything");
        chain.doFilter(request, response);
      };

  private static WebApp reading(AtomicReference<Form> read) {
    return new WebApp()
        .pipeline("/*", pipeline -> pipeline.run(context -> read.set(context.request().form())));
  }

  private static Request form(Container container, String query) {
    return container
        .request("POST", "/" + query)
        .header("Content-Type", "application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @EnumSource
  void v46_theFormIsThatOfTheContainerWithoutTheQuery(Container.Kind kind) throws Exception {
    AtomicReference<Form> read = new AtomicReference<>();
    try (Container container = kind.start(reading(read).filter("/*", ASKING))) {
      Request request = form(container, "?a=query&a=twice&q%20q=1&&x");
      container.ask(request.content("a=body&b=%C3%A5+c&b=2&x=y")).isEmpty(200);
    }
    assertThat(read.get().values("a")).containsExactly("body");
    assertThat(read.get().values("b")).containsExactly("å c", "2");
    assertThat(read.get().values("x")).containsExactly("y");
    assertThat(read.get().values("q q")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void v46_anEmptyFormHasNothingOfTheQuery(Container.Kind kind) throws Exception {
    AtomicReference<Form> read = new AtomicReference<>();
    try (Container container = kind.start(reading(read))) {
      container.ask(form(container, "?a=query").chunks()).isEmpty(200);
    }
    assertThat(read.get().values("a")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void v26_withoutSuchAFilterTheContainerParsesNothing(Container.Kind kind) throws Exception {
    AtomicReference<Form> read = new AtomicReference<>();
    try (Container container = kind.start(reading(read))) {
      container.ask(form(container, "?a=query").content("a=body")).isEmpty(200);
    }
    assertThat(read.get().values("a")).containsExactly("body");
  }
}
