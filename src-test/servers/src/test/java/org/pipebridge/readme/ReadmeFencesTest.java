package org.pipebridge.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that the README shows for use escapes being run. */
final class ReadmeFencesTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern FENCE =
      Pattern.compile("(<!-- snippet: \\S+ -->\n)?```(\\w+)\n(.*?)\n```\n", Pattern.DOTALL);

  @Test
  void everySnippetHasTheNameThatItIsRunBy() throws Exception {
    assertThat(fences())
        .filteredOn(fence -> !fence.group(2).equals("sh") && !fence.group(2).equals("mermaid"))
        .isNotEmpty()
        .allSatisfy(fence -> assertThat(fence.group(1)).as(fence.group()).isNotNull());
  }

  @Test
  void everyCommandIsRunByContinuousIntegration() throws Exception {
    String script = Files.readString(ROOT.resolve(".ci/run"));

    assertThat(fences())
        .filteredOn(fence -> fence.group(2).equals("sh"))
        .flatMap(fence -> fence.group(3).lines().toList())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(script).contains(command));
  }

  private static List<MatchResult> fences() throws Exception {
    return FENCE.matcher(Files.readString(ROOT.resolve("README.md"))).results().toList();
  }
}
