package org.pipebridge.test.war;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pipebridge.hosting.Startup;
import org.pipebridge.servlet.PipelineServlet;

/**
 * A web application as a folder: startups with their classes, and Pipebridge's jars beside them.
 */
final class WarFolder {

  private WarFolder() {}

  /** Makes the folder of an application whose service file names these startups. */
  static Path create(Path folder, Class<?>... startups) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("WEB-INF/lib"));
    addJar(lib.resolve("core.jar"), location(Startup.class));
    addJar(lib.resolve("servlet.jar"), location(PipelineServlet.class));
    Path classes = Files.createDirectories(folder.resolve("WEB-INF/classes"));
    for (Class<?> startup : startups) {
      addClass(classes, startup);
    }
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    String names = Arrays.stream(startups).map(Class::getName).collect(Collectors.joining("\n"));
    Files.writeString(services.resolve(Startup.class.getName()), names);
    return folder;
  }

  /** Adds a class and those within it, unless they lie in a jar, which is added as a whole. */
  static void addClass(Path classes, Class<?> type) throws IOException {
    if (Files.isRegularFile(location(type))) {
      return;
    }
    Path from = location(type).resolve(type.getPackageName().replace('.', '/'));
    Path to = Files.createDirectories(classes.resolve(type.getPackageName().replace('.', '/')));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.equals(type.getSimpleName() + ".class")
            || name.startsWith(type.getSimpleName() + "$")) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }

  /** Takes a module as it is on the class path: the jar, or a folder of classes. */
  static void addJar(Path jar, Path from) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.copy(from, jar);
      return;
    }
    try (Stream<Path> files = Files.walk(from);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(from.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
