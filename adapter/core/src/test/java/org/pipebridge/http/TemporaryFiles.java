package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What requests keep in temporary files, from some moment on: on Linux those that this process has
 * open, and nobody else's, whether or not they still have a name; elsewhere those with a name.
 */
final class TemporaryFiles {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private final Set<Path> before = list();

  /** Checks that none is left of those that have come since. */
  void assertGone() {
    Set<Path> come = list();
    come.removeAll(before);
    assertThat(come).isEmpty();
  }

  private static Set<Path> list() {
    boolean open = Files.exists(OPEN);
    Path folder = open ? OPEN : Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> found = new HashSet<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path file = open ? target(each) : each;
        if (file.getFileName() != null
            && file.getFileName().toString().matches("pipebridge-\\d+\\.tmp( \\(deleted\\))?")) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException closed) {
      return descriptor;
    }
  }
}
