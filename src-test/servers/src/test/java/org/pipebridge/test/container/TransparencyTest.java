package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.servlet.PipelineFilter;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;

/** K195: an empty pipeline in front of an application changes nothing (W31). */
final class TransparencyTest {

  private static final String MULTIPART =
      """
      --b\r
      Content-Disposition: form-data; name="field"\r
      \r
      value\r
      --b\r
      Content-Disposition: form-data; name="file"; filename="a.txt"\r
      Content-Type: text/plain\r
      \r
      content\r
      --b--\r
      """;

  /** One request for each thing that an application may do. */
  private static List<Request> requests(Container container) {
    List<Request> all = new ArrayList<>();
    for (String path : ServletApplication.PATHS) {
      all.add(container.get(path));
    }
    all.add(container.request("HEAD", "/writer"));
    all.add(container.request("OPTIONS", "/writer"));
    all.add(container.request("PROPFIND", "/writer"));
    all.add(
        container
            .request("POST", "/parameters?a=query")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .content("a=body&b=%C3%A5"));
    all.add(
        container
            .request("POST", "/parts")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .content(MULTIPART));
    for (String path : List.of("/body", "/reader", "/listener", "/unread")) {
      all.add(container.request("POST", path).content("content of " + path));
      all.add(container.request("POST", path).chunks("chunked ", "content of ", path));
    }
    return all;
  }

  /** All that a client sees of an answer but what differs from run to run. */
  private static String describe(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (Field field : answer.head().fields()) {
      if (!field.name().equalsIgnoreCase("Date")) {
        lines.add(field.name() + ": " + field.value().replaceAll("JSESSIONID=[^;]*", "SESSION"));
      }
    }
    return "%d %s %s %s %s"
        .formatted(answer.status(), lines, answer.framing(), answer.text(), answer.killed());
  }

  private static void areTheSame(List<String> answers, List<String> expected) {
    assertThat(answers).hasSameSizeAs(expected);
    SoftAssertions each = new SoftAssertions();
    for (int i = 0; i < answers.size(); i++) {
      each.assertThat(answers.get(i)).isEqualTo(expected.get(i));
    }
    each.assertAll();
  }

  private static List<String> answers(Container.Kind kind, WebApp app) throws Exception {
    List<String> answers = new ArrayList<>();
    try (Container container = kind.start(app)) {
      for (Request request : requests(container)) {
        try (RawConnection connection = container.connect()) {
          connection.send(request);
          String answer = describe(connection.answer());
          answers.add(request.method() + " " + request.target() + " -> " + answer);
        }
      }
    }
    return answers;
  }

  @ParameterizedTest
  @EnumSource
  void w31_anEmptyPipelineChangesNoAnswer(Container.Kind kind) throws Exception {
    WebApp plain = ServletApplication.addTo(new WebApp());
    WebApp filtered = ServletApplication.addTo(new WebApp().inFront(pipeline -> {}));

    areTheSame(answers(kind, filtered), answers(kind, plain));
  }

  @ParameterizedTest
  @EnumSource
  void w31_aFilterForAllDispatchesChangesNoAnswer(Container.Kind kind) throws Exception {
    WebApp plain = ServletApplication.addTo(new WebApp());
    WebApp filtered =
        ServletApplication.addTo(
            new WebApp()
                .filter(
                    "/*",
                    true,
                    EnumSet.allOf(DispatcherType.class),
                    new PipelineFilter(pipeline -> {})));

    areTheSame(answers(kind, filtered), answers(kind, plain));
  }

  @ParameterizedTest
  @EnumSource
  void w30_theServletGetsTheVeryObjectsOnTheSameThread(Container.Kind kind) throws Exception {
    AtomicReference<List<Object>> inFront = new AtomicReference<>();
    AtomicReference<List<Object>> behind = new AtomicReference<>();
    List<String> attributes = new ArrayList<>();
    WebApp app =
        new WebApp()
            .filter(
                "/*",
                (request, response, chain) -> {
                  inFront.set(List.of(request, response, Thread.currentThread()));
                  chain.doFilter(request, response);
                })
            .inFront(pipeline -> {})
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      behind.set(List.of(request, response, Thread.currentThread()));
                      request
                          .getAttributeNames()
                          .asIterator()
                          .forEachRemaining(
                              name -> {
                                if (name.contains("pipebridge")) {
                                  attributes.add(name);
                                }
                              });
                      request.getInputStream().readAllBytes();
                      if (request.getSession(false) != null) {
                        throw new IOException("a session was made");
                      }
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).isEmpty(200);
    }
    assertThat(behind.get()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(behind.get().get(i)).isSameAs(inFront.get().get(i));
    }
    assertThat(attributes).isEmpty();
  }
}
