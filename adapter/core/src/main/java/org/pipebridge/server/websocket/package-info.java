/** WebSocket over an upgraded connection (F38), the same on every server. */
@NullMarked
package org.pipebridge.server.websocket;

import org.jspecify.annotations.NullMarked;
