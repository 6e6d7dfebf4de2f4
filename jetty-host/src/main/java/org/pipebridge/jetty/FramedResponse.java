package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A response that says what becomes of its connection, and is chunked where its length is open, on
 * a connection that is to be closed too (R24, R25).
 *
 * <p>Jetty would end the latter by closing, and a client could not tell a response that failed
 * (R11) from a complete one. It chunks where a Transfer-Encoding field says so.
 */
final class FramedResponse extends Response.Wrapper {

  FramedResponse(Request request, Response response) {
    super(request, response);
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (!isCommitted()) {
      switch (getRequest().getConnectionMetaData().getHttpVersion()) {
        case HTTP_1_0 -> closeUnlessKept(last);
        case HTTP_1_1 -> chunkIfOpen(last);
        default -> {}
      }
    }
    if (last && !isCommitted() && getStatus() == HttpStatus.NOT_MODIFIED_304) {
      // at the last write Jetty would add a length of 0, which is not that of what was not modified
      super.write(
          false, content, Callback.from(() -> super.write(true, null, callback), callback::failed));
    } else {
      super.write(last, content, callback);
    }
  }

  /**
   * A connection is kept for a client that asked for it, if the length of the response is known.
   */
  private void closeUnlessKept(boolean last) {
    boolean asked =
        getRequest()
            .getHeaders()
            .contains(HttpHeader.CONNECTION, HttpHeaderValue.KEEP_ALIVE.asString());
    if (!asked || !last && !getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
  }

  private void chunkIfOpen(boolean last) {
    if (!last && mayBeChunked()) {
      getHeaders().put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
    }
  }

  private boolean mayBeChunked() {
    int status = getStatus();
    HttpFields headers = getHeaders();
    return !HttpMethod.HEAD.is(getRequest().getMethod())
        && status != HttpStatus.NO_CONTENT_204
        && status != HttpStatus.NOT_MODIFIED_304
        && status >= HttpStatus.OK_200
        && !headers.contains(HttpHeader.CONTENT_LENGTH)
        && !headers.contains(HttpHeader.TRANSFER_ENCODING);
  }
}
