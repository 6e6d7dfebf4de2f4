package org.pipebridge.readme;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The snippets of the README, each under the name in the comment above it. */
record Snippets(Map<String, String> byName) {

  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?m)^public final class (\\w+)");

  static Snippets read(Path readme) throws IOException {
    Map<String, String> byName = new LinkedHashMap<>();
    Matcher snippet = SNIPPET.matcher(Files.readString(readme));
    while (snippet.find()) {
      byName.put(snippet.group(1), snippet.group(2));
    }
    return new Snippets(byName);
  }

  String get(String name) {
    String text = byName.get(name);
    if (text == null) {
      throw new AssertionError("the README has no snippet " + name + ", but " + byName.keySet());
    }
    return text;
  }

  /** Compiles all snippets of Java, together, without a warning. */
  void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files = new ArrayList<>();
    for (String text : byName.values()) {
      Matcher type = TYPE.matcher(text);
      if (type.find()) {
        Matcher in = PACKAGE.matcher(text);
        Path folder = in.find() ? sources.resolve(in.group(1).replace('.', '/')) : sources;
        Files.createDirectories(folder);
        files.add(Files.writeString(folder.resolve(type.group(1) + ".java"), text));
      }
    }
    StringWriter output = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--release", "17", "-Xlint:all", "-Werror", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new AssertionError("the README's snippets do not compile:\n" + output);
      }
    }
  }
}
