package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The threads for blocking code of a request whose I/O does not block (B13): virtual ones where
 * Java has them, from 21 on, else the container's.
 */
final class BlockingThreads {

  private static final @Nullable MethodHandle START_VIRTUAL_THREAD = startVirtualThread();

  private BlockingThreads() {}

  static void run(AsyncContext context, Runnable work) {
    if (START_VIRTUAL_THREAD == null) {
      context.start(work);
      return;
    }
    try {
      Thread started = (Thread) START_VIRTUAL_THREAD.invokeExact(work);
      assert started != null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // it declares no other
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable MethodHandle startVirtualThread() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (NoSuchMethodException before21) {
      return null;
    } catch (IllegalAccessException e) { // in 19 and 20 it is a preview
      return null;
    }
  }
}
