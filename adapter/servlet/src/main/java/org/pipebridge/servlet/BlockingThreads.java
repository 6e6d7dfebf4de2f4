package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The threads for blocking code away from those that the container lends: virtual ones where Java
 * has them, from 21 on.
 */
final class BlockingThreads {

  private static final @Nullable MethodHandle START_VIRTUAL_THREAD = startVirtualThread();

  private BlockingThreads() {}

  /** Runs a part of a request whose I/O does not block (B13); before 21 on the container's. */
  static void run(AsyncContext context, Runnable work) {
    if (START_VIRTUAL_THREAD == null) {
      context.start(work);
    } else {
      startVirtual(START_VIRTUAL_THREAD, work);
    }
  }

  /**
   * What runs the code of an upgraded connection, for which the servlet API has no threads; before
   * 21 the JDK's default, which lends a thread for what waits in java.util.concurrent.
   */
  static Executor executor() {
    MethodHandle start = START_VIRTUAL_THREAD;
    return start == null
        ? new CompletableFuture<Void>().defaultExecutor()
        : work -> startVirtual(start, work);
  }

  private static void startVirtual(MethodHandle start, Runnable work) {
    try {
      Thread started = (Thread) start.invokeExact(work);
      assert started != null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // it declares no other
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable MethodHandle startVirtualThread() {
    if (Runtime.version().feature() < 21) {
      return null; // in 19 and 20 it is there, and refuses
    }
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
