package org.pipebridge.test;

import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.exchange.Transport;

/** Something that a server does wrong. */
public interface Fault {

  /** A server that does nothing wrong. */
  Fault NONE = new Fault() {};

  /** Replaces what carries a request. */
  default Transport on(Transport transport) {
    return transport;
  }

  /** Replaces what an application is given. */
  default FeatureCollection on(FeatureCollection features) {
    return features;
  }

  /** Puts an application on a server with this fault. */
  default <C> HttpApplication<C> on(HttpApplication<C> application) {
    return new HttpApplication<>() {
      @Override
      public C createContext(FeatureCollection features) {
        return application.createContext(on(features));
      }

      @Override
      public CompletionStage<Void> process(C context) throws Exception {
        return application.process(context);
      }

      @Override
      public void disposeContext(C context, Throwable failure) {
        application.disposeContext(context, failure);
      }
    };
  }
}
