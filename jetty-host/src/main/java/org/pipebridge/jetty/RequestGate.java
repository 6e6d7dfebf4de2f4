package org.pipebridge.jetty;

import java.io.IOException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets requests with a right head in, and follows them until they are over. */
final class RequestGate extends Handler.Wrapper {

  private final HeadRules rules;
  private final EmptyErrors errors;
  private final JettyOptions options;

  RequestGate(JettyOptions options, EmptyErrors errors, Handler next) {
    super(next);
    this.rules = new HeadRules(options);
    this.errors = errors;
    this.options = options;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WatchedEndPoint endPoint = WatchedEndPoint.of(request);
    if (endPoint != null && !endPoint.begin(request, response)) {
      callback.failed(new IOException("the request came too late"));
      return true;
    }
    int fault = rules.check(request, endPoint);
    if (fault != HeadRules.FINE) {
      errors.answer(request, response, callback, fault);
      return true;
    }
    ServedRequest served = new ServedRequest(request, callback, endPoint, options.drainTimeout());
    return super.handle(served, new FramedResponse(served, response), served);
  }
}
