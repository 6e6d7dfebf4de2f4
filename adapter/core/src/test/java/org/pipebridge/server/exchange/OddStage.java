package org.pipebridge.server.exchange;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;

/** Stages that do not interoperate with others, which their documentation allows. */
final class OddStage {

  private OddStage() {}

  /** A view of a stage whose {@code toCompletableFuture} is not supported. */
  @SuppressWarnings("unchecked") // a proxy has no type arguments
  static CompletionStage<Void> of(CompletionStage<Void> stage) {
    return (CompletionStage<Void>)
        Proxy.newProxyInstance(
            OddStage.class.getClassLoader(),
            new Class<?>[] {CompletionStage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("toCompletableFuture")) {
                throw new UnsupportedOperationException("an odd stage");
              }
              try {
                return method.invoke(stage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
