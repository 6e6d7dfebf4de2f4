package org.pipebridge.server.exchange;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.Lincheck;
import org.pipebridge.server.ServerOptions;

/** One request without blocking, in a container that is faked, and threads that race over it. */
final class Race {

  /** How many interleavings of the threads are tried for each race. */
  private static final int INTERLEAVINGS = Integer.getInteger("pipebridge.interleavings", 150);

  /** Made once: the checker takes a loop of more than fifty turns for one that does not end. */
  private static final Exchanges SERVER =
      new Exchanges(new ServerOptions(OptionalLong.empty(), false));

  final FakeContainer container;
  final Exchange exchange;

  Race(FakeContainer.Manner manner) {
    container = new FakeContainer(manner);
    exchange = new Exchange(container, SERVER);
    container.serve(exchange);
  }

  /** Tries a race under many interleavings; what it throws under one is reported with that one. */
  static void explore(FakeContainer.Manner manner, Contest contest) {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          try {
            contest.run(new Race(manner));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Runs these at the same time, and returns when all have ended. */
  static void together(Runnable... parts) throws InterruptedException {
    Thread[] threads = new Thread[parts.length];
    for (int i = 0; i < parts.length; i++) {
      threads[i] = new Thread(parts[i]);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  CompletableFuture<Integer> read() {
    return exchange.requestBody().read(ByteBuffer.allocate(4)).toCompletableFuture();
  }

  CompletableFuture<Void> write() {
    return exchange.responseBody().write(ByteBuffer.wrap(new byte[1])).toCompletableFuture();
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  void checkNoViolation() {
    String violation = container.violation();
    check(violation == null, violation);
  }

  /** One race. */
  @FunctionalInterface
  interface Contest {
    void run(Race race) throws InterruptedException;
  }
}
