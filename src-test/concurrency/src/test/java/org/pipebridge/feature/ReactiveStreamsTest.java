package org.pipebridge.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** B16, R53: the publisher and the subscriber of content pass the Reactive Streams TCK. */
final class ReactiveStreamsTest {

  @TempDir private Path reports;

  @ParameterizedTest
  @ValueSource(
      classes = {
        BodyPublisherVerification.AtOnce.class,
        BodyPublisherVerification.Later.class,
        BodySubscriberVerification.AtOnce.class,
        BodySubscriberVerification.Later.class
      })
  void theTckIsPassed(Class<?> verification) {
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG tests = new TestNG(false);
    tests.setOutputDirectory(reports.toString());
    tests.setVerbose(0);
    tests.setTestClasses(new Class<?>[] {verification});
    tests.addListener(results);
    tests.run();
    List<String> failed =
        Stream.of(results.getFailedTests(), results.getConfigurationFailures())
            .flatMap(List::stream)
            .map(result -> result.getName() + ": " + result.getThrowable())
            .toList();
    assertEquals(List.of(), failed);
    assertTrue(results.getPassedTests().size() > 10, "the TCK has run");
  }
}
