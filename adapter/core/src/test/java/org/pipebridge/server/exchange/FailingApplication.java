package org.pipebridge.server.exchange;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.HttpApplication;

/** An application that cannot even make its context. */
final class FailingApplication implements HttpApplication<Object> {

  @Override
  public Object createContext(FeatureCollection features) {
    throw new UnsupportedOperationException("no context");
  }

  @Override
  public CompletionStage<Void> process(Object context) {
    throw new AssertionError("must not be called without a context");
  }

  @Override
  public void disposeContext(Object context, @Nullable Throwable failure) {
    throw new AssertionError("must not be called without a context");
  }
}
