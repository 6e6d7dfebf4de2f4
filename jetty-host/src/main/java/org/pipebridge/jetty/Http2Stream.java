package org.pipebridge.jetty;

import java.util.concurrent.Executor;
import org.eclipse.jetty.http2.HTTP2Channel;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What HTTP/2 has in place of a connection of one's own. */
final class Http2Stream {

  /** The error code of a stream that the server, and not its client, gave up. */
  static final long INTERNAL_ERROR = 2;

  private Http2Stream() {}

  static boolean carries(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof HTTP2Connection;
  }

  /** Whether the head of a request ended its stream, if asked before content is read (F29). */
  static boolean isEnded(Request request) {
    HTTP2Stream stream = find(request);
    return stream != null && stream.isRemotelyClosed();
  }

  /**
   * Has somebody told, once, when the client resets the stream or its connection ends (A3). If the
   * last bytes are on their way then, their write tells whether they found nobody (A4, A5).
   */
  static void onLeaving(Request request, Response response, Runnable told) {
    request.addFailureListener(
        failure -> {
          if (!response.hasLastWrite()) {
            told.run();
          }
        });
    HTTP2Stream stream = find(request);
    if (stream == null || stream.isReset()) {
      told.run(); // it was over before anybody listened
    }
  }

  /**
   * Resets the stream, and makes the operations fail that wait for it (A1, A2). Does nothing if all
   * of the response is on its way.
   */
  static void reset(Request request, long errorCode) {
    HTTP2Stream stream = find(request);
    if (stream == null || stream.isLocallyClosed()) {
      return;
    }
    stream.reset(new ResetFrame(stream.getId(), (int) errorCode), Callback.NOOP);
    if (stream.getAttachment() instanceof HTTP2Channel.Server channel) {
      Executor executor = request.getComponents().getExecutor();
      executor.execute(
          channel.onFailure(new EofException("the stream was reset by the server"), Callback.NOOP));
    }
  }

  private static @Nullable HTTP2Stream find(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection
        ? connection.getSession().getStream(Integer.parseInt(request.getId()))
        : null;
  }
}
