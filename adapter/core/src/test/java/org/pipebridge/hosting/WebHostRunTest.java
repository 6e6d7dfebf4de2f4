package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WebHostRunTest {

  @Test
  void s43_aSignalToTerminateStopsGracefully() throws Exception {
    Process program = start();
    try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("started");

      program.toHandle().destroy(); // unlike Process.destroy, it leaves the output open

      List<String> rest = output.lines().collect(Collectors.toList());
      assertThat(rest).containsExactly("stopping", "server stopped", "stopped");
      assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void s43_aStartupMayEndTheProgram() throws Exception {
    Process program = start("--environment", "Exit");
    try {
      assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(3);
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void s46_runLeavesNothingBehindAndStartsNoThread() throws Exception {
    WeakReference<WebHost> host = runAndForget();

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (host.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(host.get()).isNull();
  }

  private static WeakReference<WebHost> runAndForget() throws Exception {
    WebHost host =
        WebHost.builder()
            .server(new TestServer())
            .startup(app -> {})
            .configuration(Configuration.builder().build())
            .build();
    int[] threads = new int[1];
    host.lifetime().started().thenRun(() -> threads[0] = Thread.activeCount());
    host.lifetime().started().thenRun(host.lifetime()::stopApplication);
    int before = Thread.activeCount();
    host.run();
    assertThat(threads[0]).isLessThanOrEqualTo(before);
    return new WeakReference<>(host);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:disable"); // no warnings of the JVM in the output
    command.add("-XX:+DisplayVMOutputToStderr"); // nor those that it does not log
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TerminatedProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
