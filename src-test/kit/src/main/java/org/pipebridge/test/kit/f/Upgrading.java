package org.pipebridge.test.kit.f;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.UpgradeHandler;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;

/** What the scenarios of upgrades share. */
final class Upgrading {

  private Upgrading() {}

  static Request asking(Request request) {
    return request.upgrade("echo");
  }

  /** Asks for an upgrade and reads the head that grants it. */
  static Connection upgraded(Probe probe) {
    Connection connection = probe.send(asking(probe.get()));
    head(connection);
    return connection;
  }

  static Head head(Connection connection) {
    Head head = connection.head();
    assertThat(head.status()).isEqualTo(101);
    assertThat(head.values("Connection")).containsExactly("Upgrade");
    assertThat(head.values("Upgrade")).containsExactly("echo");
    return head;
  }

  static HttpUpgradeFeature feature(HttpContext context) {
    return context.features().require(HttpUpgradeFeature.class);
  }

  static void upgrade(HttpContext context, UpgradeHandler handler) {
    feature(context).upgrade(handler);
  }

  /** Sends everything back until the client ends its half. */
  static CompletionStage<Void> echo(DuplexStream stream) {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    return stream
        .read(buffer)
        .thenCompose(
            count ->
                count < 0
                    ? Stages.completed()
                    : stream
                        .write(buffer.flip())
                        .thenCompose(ignored -> stream.flush())
                        .thenCompose(ignored -> echo(stream)));
  }
}
