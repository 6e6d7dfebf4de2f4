package org.pipebridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HeaderNames;

/**
 * Content of GlassFish and Payara that ends with its length, if an upgrade is asked for (U10).
 *
 * <p>Grizzly ignores the framing of a request with the header Upgrade: all that comes on the
 * connection is content, until its end. (<a
 * href="https://github.com/eclipse-ee4j/glassfish-grizzly/issues/2117">Grizzly #2117</a>)
 */
final class AnnouncedContent extends ServletInputStream {

  private final ServletInputStream in;
  private long left;

  AnnouncedContent(ServletInputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /**
   * Returns what to read the content of a request from. That of a filter is left alone, as it may
   * be longer or shorter than what was sent (W14).
   *
   * @throws BadHttpRequestException 411 if nothing but chunks that are not decoded tells its end
   */
  static ServletInputStream of(ServletRequestSide transport, ServletInputStream in)
      throws BadHttpRequestException {
    if (!GrizzlyConnection.mayIgnoreFraming(transport)
        || !GrizzlyConnection.ignoresFramingOfContent(transport.request())) {
      return in;
    }
    HttpServletRequest sent = (HttpServletRequest) ContainerKind.unwrap(transport.request());
    if (sent.getHeader(HeaderNames.TRANSFER_ENCODING) != null) {
      throw new BadHttpRequestException(
          411, "this container does not decode chunks of a request with the header Upgrade");
    }
    return ContainerKind.isCatalinas(in)
        ? new AnnouncedContent(in, Math.max(0, sent.getContentLengthLong()))
        : in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    } else if (left == 0) {
      return -1;
    }
    int read = in.read(into, offset, (int) Math.min(count, left));
    if (read < 0) {
      throw new EOFException("the connection ended " + left + " bytes before the content did");
    }
    left -= read;
    return read;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public boolean isFinished() {
    return left == 0;
  }

  /** What the connection ended in the middle of is ready, too, for the read that fails. */
  @Override
  public boolean isReady() {
    return left == 0 || in.isFinished() || in.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
  }
}
