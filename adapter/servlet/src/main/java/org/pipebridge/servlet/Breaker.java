package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Makes a client see that a response it has begun to receive is incomplete (R11).
 *
 * <p>No one way does it everywhere. A host that owns its container breaks the connection itself,
 * and Undertow's can be closed. Tomcat and Jetty break it when the servlet throws; in async mode,
 * when a dispatch does. Over HTTP/2 Undertow and Tomcat end the message properly then, but break
 * the stream when a WriteListener throws.
 */
final class Breaker {

  private static final String UNDERTOW = "io.undertow.";
  private static final String TOMCAT = "org.apache.catalina.";

  private Breaker() {}

  /** Breaks a response from the container's thread. */
  static void breakOnThread(ServletTransport transport) throws IOException {
    if (!transport.isInclude() && transport.server().breakConnection(transport.request())) {
      return;
    }
    beginMessage(transport);
    if (Ending.canStartAsync(transport) && breaksInListener(transport)) {
      AsyncContext context =
          transport.request().startAsync(transport.request(), transport.response());
      context.setTimeout(0);
      failInListener(transport.response(), context);
      return;
    }
    throw new BrokenResponseException();
  }

  /** Breaks a response in async mode, from any thread. */
  static void breakAsync(ServletTransport transport, AsyncContext context) {
    if (transport.server().breakConnection(transport.request())) {
      Ending.complete(context);
      return;
    }
    try {
      beginMessage(transport);
      if (breaksInListener(transport) && transport.signals() == null) {
        failInListener(transport.response(), context);
      } else {
        transport.ending().dispatch(context);
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

  /** Fails a request that was dispatched for no other purpose. */
  static void failDispatch() throws IOException {
    throw new BrokenResponseException();
  }

  static boolean isUndertow(ServletResponse response) {
    return isOf(UNDERTOW, response);
  }

  private static boolean breaksInListener(ServletTransport transport) {
    return isUndertow(transport.response())
        || (!transport.isHttp1() && isOf(TOMCAT, transport.response()));
  }

  private static boolean isOf(String packages, ServletResponse response) {
    return unwrap(response).getClass().getName().startsWith(packages);
  }

  private static ServletResponse unwrap(ServletResponse response) {
    ServletResponse inner = response;
    while (inner instanceof ServletResponseWrapper wrapper) {
      inner = wrapper.getResponse();
    }
    return inner;
  }

  private static void failInListener(ServletResponse response, AsyncContext context)
      throws IOException {
    ServletOutputStream output = unwrap(response).getOutputStream();
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
