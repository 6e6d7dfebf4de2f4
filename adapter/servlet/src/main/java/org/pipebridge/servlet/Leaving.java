package org.pipebridge.servlet;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.exchange.ExchangeRun;

/** How the container's thread leaves a request that is over: what its container must see. */
final class Leaving {

  private Leaving() {}

  static void leave(ServletTransport transport, ExchangeRun<?> run)
      throws IOException, ServletException {
    switch (transport.seen(run.outcome())) {
      case KILL -> Breaker.breakOnThread(transport);
      case SENT_THEN_CLOSE -> Breaker.closeBehind(transport);
      case GONE -> {} // the container knows it, and closes
      case HANDED_OVER -> rethrow(run.failure()); // unchanged (W35)
      case SENT -> {
        if (run.failure() instanceof Error error) {
          throw error; // R16
        } else if (transport.isInclude()) {
          rethrow(run.failure()); // nothing else tells the servlet that includes
        }
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException, ServletException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof ServletException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new ServletException(failure);
    }
  }
}
