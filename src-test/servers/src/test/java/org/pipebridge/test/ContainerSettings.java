package org.pipebridge.test;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;

/** Settings of embedded containers, without which clients or tests wait or fail now and then. */
public final class ContainerSettings {

  /**
   * How long Undertow waits for its threads when it stops (SHUTDOWN_TIMEOUT): one that drains what
   * was cut off over HTTP/2 may wait for ever, and is then interrupted.
   */
  public static final int UNDERTOW_SHUTDOWN_MILLIS = 10_000;

  private ContainerSettings() {}

  /** Lets Tomcat speak HTTP/2 with clients that leave and reset as they like. */
  public static void allowAborts(Connector connector) {
    Http2Protocol http2 = new Http2Protocol();
    http2.setOverheadResetFactor(0); // else it closes connections that have many resets
    connector.addUpgradeProtocol(http2);
    connector.setProperty("socket.bufferPool", "0"); // else a late write may go to another client
  }
}
