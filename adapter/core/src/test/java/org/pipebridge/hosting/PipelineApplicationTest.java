package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

final class PipelineApplicationTest {

  private final PipelineApplication application =
      new PipelineApplication(
          context -> {
            context.items().put("seen", true);
            return Stages.completed();
          });

  @Test
  void s3_theContextIsAViewOverTheFeaturesAndThePipelineRunsOnIt() throws Exception {
    var features = new FeatureMap();
    HttpContext context = application.createContext(features);

    assertThat(context.features()).isSameAs(features);
    assertThat(application.process(context) == Stages.completed()).isTrue();
    assertThat(context.items()).containsEntry("seen", true);
  }

  @Test
  void e11_anErrorOfTheApplicationIsLoggedOnceWithTheTraceIdentifier() {
    var failure = new IOException("the database is away");
    HttpContext context = application.createContext(new FeatureMap());
    context.setTraceIdentifier("id-{0}");

    try (var logs = new LogCapture(PipelineApplication.class)) {
      application.disposeContext(context, failure);

      assertThat(logs.records()).hasSize(1);
      assertThat(logs.at(Level.SEVERE)).hasSize(1).first().asString().contains("id-{0}");
      assertThat(logs.records().get(0).getThrown()).isSameAs(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheClient")
  void e11_whatTheClientDidIsLoggedForDebugging(Throwable failure) {
    try (var logs = new LogCapture(PipelineApplication.class)) {
      application.disposeContext(application.createContext(new FeatureMap()), failure);

      assertThat(logs.records()).hasSize(1);
      assertThat(logs.at(Level.FINE)).hasSize(1);
    }
  }

  @Test
  void e12_nothingIsLoggedWithoutAFailure() {
    try (var logs = new LogCapture(PipelineApplication.class)) {
      application.disposeContext(application.createContext(new FeatureMap()), null);

      assertThat(logs.records()).isEmpty();
    }
  }

  static Throwable[] faultsOfTheClient() {
    return new Throwable[] {
      new BadHttpRequestException(400, "x"),
      new RequestAbortedException("x", null),
      new ClientAbortException(),
      new EofException(),
    };
  }

  /** Named as Tomcat names it. */
  private static final class ClientAbortException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Named as Jetty names it. */
  private static final class EofException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
