package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Makes a client see that a response it has begun to receive is incomplete (R11).
 *
 * <p>No one way does it everywhere. A host that owns its container breaks the connection itself,
 * and Undertow's and Grizzly's can be closed. Tomcat and Jetty break it when the servlet throws; in
 * async mode, when a dispatch does. Over HTTP/2 Tomcat ends the message properly when the servlet
 * throws, but resets the stream when a WriteListener or a dispatch does. Liberty closes the
 * connection when less was sent than declared, but when something is thrown it sends the text of
 * that as content; a chunked message it always ends properly, which nothing known prevents.
 */
final class Breaker {

  private enum Way {
    /** Throw out of the servlet. */
    THROW,
    /** Throw out of a WriteListener. */
    LISTENER,
    /** Leave as if nothing had happened. */
    LEAVE
  }

  private Breaker() {}

  /** Closes the connection behind a whole response; HTTP/2 has none that is the request's own. */
  static void closeBehind(ServletTransport transport) {
    if (transport.isHttp1()) {
      transport.server().tryBreakConnection(transport.request());
    }
  }

  /** Breaks a response from the container's thread. */
  static void breakOnThread(ServletTransport transport) throws IOException {
    if (!transport.isInclude() && transport.server().tryBreakConnection(transport.request())) {
      return;
    }
    beginMessage(transport);
    // only an exception tells the servlet that includes us
    Way way = transport.isInclude() ? Way.THROW : way(transport);
    if (way == Way.LISTENER) {
      allowAsync(transport.request());
    }
    if (way == Way.LISTENER && Ending.canStartAsync(transport)) {
      AsyncContext context =
          transport.request().startAsync(transport.request(), transport.response());
      context.setTimeout(0);
      failInListener(transport.response(), context);
    } else if (way != Way.LEAVE) {
      throw new BrokenResponseException();
    }
  }

  /** Breaks a response in async mode, from any thread. */
  static void breakAsync(ServletTransport transport, AsyncContext context) {
    if (transport.server().tryBreakConnection(transport.request())) {
      Ending.complete(context);
      return;
    }
    try {
      beginMessage(transport);
      switch (way(transport)) {
        case LISTENER -> failInListener(transport.response(), context);
        case THROW -> transport.ending().dispatch(context);
        case LEAVE -> Ending.complete(context);
      }
    } catch (IOException | IllegalStateException e) { // the container has given it up already
      Ending.complete(context);
    }
  }

  /** Sends a head to break, without which a container answers with a page of its own (A1, E10). */
  private static void beginMessage(ServletTransport transport) throws IOException {
    HttpServletResponse response = transport.response();
    if (!transport.isInclude() && !response.isCommitted()) {
      response.reset();
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      response.flushBuffer();
    }
  }

  /**
   * Lets Tomcat take a request to async mode where the application did not ask for it, by its own
   * attribute: no other public way makes it reset a stream.
   */
  private static void allowAsync(HttpServletRequest request) {
    request.setAttribute("org.apache.catalina.ASYNC_SUPPORTED", Boolean.TRUE);
  }

  /** Fails a request that was dispatched for no other purpose. */
  static void failDispatch() throws IOException {
    throw new BrokenResponseException();
  }

  private static Way way(ServletTransport transport) {
    return switch (transport.server().container(transport.request())) {
      case TOMCAT -> transport.isHttp1() || transport.signals() != null ? Way.THROW : Way.LISTENER;
      case LIBERTY -> Way.LEAVE;
      case UNDERTOW, GRIZZLY, JETTY, OTHER -> Way.THROW;
    };
  }

  private static void failInListener(ServletResponse response, AsyncContext context)
      throws IOException {
    ServletOutputStream output = ContainerKind.unwrap(response).getOutputStream();
    output.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() throws IOException {
            throw new BrokenResponseException();
          }

          @Override
          public void onError(Throwable failure) {
            Ending.complete(context);
          }
        });
  }

  /** Goes through the container to break a connection; says nothing that is not logged already. */
  private static final class BrokenResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenResponseException() {
      super("the response failed after a part of it was sent; the connection is broken off");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
