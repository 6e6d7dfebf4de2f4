package org.pipebridge.hosting;

import java.time.Duration;

/**
 * A program that runs a host until it is told to end, and prints what happens to it. In the
 * environment "Exit" it ends itself while it starts.
 */
final class TerminatedProgram {

  private TerminatedProgram() {}

  public static void main(String[] arguments) throws Exception {
    TestServer server = new TestServer();
    server.whenStopped = () -> System.out.println("server stopped");
    WebHost host =
        WebHost.builder()
            .server(server)
            .startup(app -> endIn(app.properties().get(Configuration.class.getName())))
            .setting("shutdownTimeout", Duration.ofSeconds(5).toString())
            .arguments(arguments)
            .build();
    host.lifetime().started().thenRun(() -> System.out.println("started"));
    host.lifetime().stopping().thenRun(() -> System.out.println("stopping"));
    host.lifetime().stopped().thenRun(() -> System.out.println("stopped"));
    host.run();
  }

  private static void endIn(Object configuration) {
    if (((Configuration) configuration).environment().equals("Exit")) {
      System.exit(3);
    }
  }
}
