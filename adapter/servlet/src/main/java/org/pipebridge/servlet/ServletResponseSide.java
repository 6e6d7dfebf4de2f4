package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.exchange.ResponseHeaders;

/**
 * The part of a {@link ServletTransport} that answers: never with sendError, nor through a writer
 * (W6). An included response has no head and no end of its own (W42).
 */
abstract class ServletResponseSide extends ServletRequestSide {

  private final boolean include;
  private boolean notModified;
  private @Nullable ServletOutputStream output;

  ServletResponseSide(
      ServletServer server, HttpServletRequest request, HttpServletResponse response) {
    super(server, request, response);
    this.include = request.getDispatcherType() == DispatcherType.INCLUDE;
  }

  /** What goes beside status, headers and content, if somebody has asked for it. */
  abstract @Nullable ServletExtras existingExtras();

  final boolean isInclude() {
    return include;
  }

  @Override
  public final int handedOverStatus() {
    return response().getStatus();
  }

  @Override
  public final void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    if (include) {
      return;
    }
    notModified = status == HttpServletResponse.SC_NOT_MODIFIED;
    if (exchange().isHandedOver()) {
      ServletHead.handOver(this, status, headers, contentLength, close);
    } else {
      ServletHead.begin(this, status, headers, contentLength, close);
    }
  }

  @Override
  public final boolean hasTrailers() {
    ServletExtras extras = existingExtras();
    return extras != null && extras.hasResponseTrailers();
  }

  @Override
  public final void dropExtras() {
    ServletExtras extras = existingExtras();
    if (extras != null) {
      extras.drop();
    }
  }

  @Override
  public final boolean canWrite() throws IOException {
    ContainerSignals known = signals();
    Ending end = existingEnding();
    if (known == null || (end != null && end.isWaiting())) {
      return true; // and the write blocks
    }
    ServletOutputStream to = output();
    try {
      return end != null && end.isAsync() && known.canWrite(to);
    } catch (RuntimeException e) {
      throw failedWrite(e);
    }
  }

  @Override
  public final void write(byte[] from, int offset, int count) throws IOException {
    ServletOutputStream to = output();
    try {
      to.write(from, offset, count);
    } catch (RuntimeException e) {
      throw failedWrite(e);
    }
  }

  /** What a write throws; one that a reset overtakes fails in any way in Undertow. */
  private IOException failedWrite(RuntimeException failure) {
    if (isUndertowStream() && ContainerKind.isUndertow(response())) { // and no filter's fault
      return new IOException("the stream was reset", failure);
    }
    throw failure;
  }

  @Override
  public final void flush() throws IOException {
    if (include) {
      return;
    }
    try {
      response().flushBuffer();
    } catch (RuntimeException e) {
      throw failedWrite(e);
    }
    if (output != null && server().container(request()) == ContainerKind.LIBERTY) {
      output.flush(); // the first flush only commits the response there
    }
  }

  @Override
  public final void end() throws IOException {
    if (include) {
      return;
    }
    ServletExtras extras = existingExtras();
    try {
      if (isHead() || notModified || (extras != null && extras.areTrailersFollowing())) {
        // closing an empty response would make it declare a length of 0 (R32, T5; R26 on Jetty)
        response().flushBuffer();
      }
      output().close();
    } catch (RuntimeException e) {
      throw failedWrite(e);
    }
    releaseContent(); // a client that leaves now has its answer (A4)
  }

  @Override
  public final boolean isCommitted() {
    return include ? output != null : response().isCommitted();
  }

  @Override
  public final void reset() {
    if (!include) {
      response().reset();
      ContainerSignals known = signals();
      if (known != null) {
        known.responseReset();
      }
    }
  }

  private ServletOutputStream output() throws IOException {
    if (output == null) {
      output = response().getOutputStream();
    }
    return output;
  }
}
