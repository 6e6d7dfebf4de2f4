package org.pipebridge.server.websocket;

import java.io.IOException;

/** What the client did wrong, and the code to close with (U13). */
final class ProtocolFault extends IOException {

  private static final long serialVersionUID = 1L;

  private final int code;

  ProtocolFault(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
