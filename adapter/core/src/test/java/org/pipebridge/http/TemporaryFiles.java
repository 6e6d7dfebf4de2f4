package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What requests keep in temporary files, from some moment on. Those of other processes show too,
 * but do not stay.
 */
final class TemporaryFiles {

  private final Set<Path> before = list();

  /** Waits until all are gone that have come since. */
  void assertGone() {
    Set<Path> come = list();
    come.removeAll(before);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (come.stream().anyMatch(Files::exists) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(come).filteredOn(file -> Files.exists(file)).isEmpty();
  }

  private static Set<Path> list() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("pipebridge-.*\\.tmp"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
