package org.pipebridge.benchmarks;

import java.lang.reflect.Proxy;

/** Stands behind light objects: whatever they do not have is not to be called. */
final class Refusing {

  private Refusing() {}

  static <T> T all(Class<T> type) {
    Object refusing =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              throw new UnsupportedOperationException(method.toString());
            });
    return type.cast(refusing);
  }
}
