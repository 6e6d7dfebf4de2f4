package org.pipebridge.server.websocket;

/** Why a WebSocket is closed (RFC 6455, section 7.4). */
final class CloseCode {

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;

  /** Stands for a close frame without a code; never sent. */
  static final int NONE = 1005;

  static final int NOT_CONSISTENT = 1007;
  static final int TOO_BIG = 1009;
  static final int SERVER_ERROR = 1011;

  private static final int LAST_ASSIGNED = 1014;
  private static final int FIRST_FREE = 3000;
  private static final int LAST_FREE = 4999;

  private CloseCode() {}

  /** Whether a code may stand in a close frame. */
  static boolean isSendable(int code) {
    boolean assigned = code >= NORMAL && code <= LAST_ASSIGNED;
    boolean reserved = code >= 1004 && code <= 1006;
    return assigned && !reserved || code >= FIRST_FREE && code <= LAST_FREE;
  }
}
