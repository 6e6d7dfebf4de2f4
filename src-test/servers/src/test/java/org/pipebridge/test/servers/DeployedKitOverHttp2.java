package org.pipebridge.test.servers;

import java.net.URI;
import java.nio.file.Path;
import org.pipebridge.test.kit.DeployedKit;
import org.pipebridge.test.kit.ServerUnderTest;

/** {@link DeployedKit} with a client that speaks HTTP/2, with prior knowledge. */
public final class DeployedKitOverHttp2 {

  private DeployedKitOverHttp2() {}

  /**
   * Runs the scenarios.
   *
   * @param args as for {@link DeployedKit}
   * @throws Exception if the deployment cannot be reached, or the results not be written
   */
  public static void main(String[] args) throws Exception {
    DeployedKit.hold(
        new OverHttp2(ServerUnderTest.remote(args[0], URI.create(args[1]))),
        Http2Scenarios.groups(),
        args.length > 3 ? args[3] : "",
        Path.of(args[2]));
  }
}
