package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;

/**
 * A frame as it came, without its mask.
 *
 * @param last whether it ends its message
 * @param opcode what it is
 * @param payload its content, ready to be read
 */
record Frame(boolean last, int opcode, ByteBuffer payload) {}
