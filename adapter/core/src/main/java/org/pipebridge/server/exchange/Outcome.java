package org.pipebridge.server.exchange;

/** How an exchange ended, which a server may have to finish in its own way. */
public enum Outcome {
  /** The response was sent; the connection may be used again. */
  SENT,
  /** The response was sent, but the connection is not to be used again (R13). */
  SENT_THEN_CLOSE,
  /** The client must see that the message is incomplete (R11). */
  KILL,
  /** The client has gone; there is nobody left to tell. */
  GONE,
  /** Something else answers the request (W30). */
  HANDED_OVER
}
