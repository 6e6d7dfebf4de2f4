package org.pipebridge.test.kit;

/** What a server under test, or the way it is reached, makes it possible to check. */
public enum Capability {

  /** The client speaks over a socket and sees bytes: framing, chunk boundaries, closes. */
  BYTES,

  /** The server owns its container, so that the rules tagged {@code host} hold. */
  HOST,

  /** Content is moved without a thread that waits, where blocking is switched off (B11). */
  NON_BLOCKING,

  /** The server runs in this JVM: the log records of a run can be looked at (E11). */
  LOGS,

  /** The server runs the kit's own HttpApplication, which sees the end of each request (S3). */
  DISPOSAL,

  /** Connections can be turned over to another protocol (F37). */
  UPGRADE,

  /** More servers of the kind can be made, for scenarios that start and stop their own. */
  NEW_SERVER,

  /** The server is reached over https, and tells of it. */
  TLS
}
