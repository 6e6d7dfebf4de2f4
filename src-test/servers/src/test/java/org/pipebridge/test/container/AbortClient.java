package org.pipebridge.test.container;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** A client of {@link AbortRunTest}: asks for one thing after the other, or leaves. */
interface AbortClient extends AutoCloseable {

  /** What came of a request. */
  enum Seen {
    /** The whole answer. */
    WHOLE,
    /** An empty error. */
    ERROR,
    /** An answer that breaks off, or none, as the application wanted. */
    BROKEN,
    /** The client left; the server may not even know of the request. */
    LEFT,
    /** The end of the former request has closed the connection: the server does not know of it. */
    LOST,
    /** The end of the former request has ended the connection; the server may know of it. */
    CUT
  }

  /** Does its part of a plan; an answer that no plan explains is an AssertionError. */
  Seen ask(AbortPlan plan) throws Exception;

  @Override
  void close();

  /** Waits, if the plan wants it, until the application has the request, which may never be. */
  static void awaitApplication(AbortPlan plan, IntPredicate created) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    while (plan.waits() && !created.test(plan.number()) && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000);
    }
  }

  /** Checks content of an answer; none of it is another's. */
  static void check(AbortPlan plan, long position, byte[] bytes, int offset, int count) {
    byte[] line = plan.line();
    int at = (int) (position % line.length);
    for (int i = 0; i < count; i++, at = at + 1 == line.length ? 0 : at + 1) {
      if (bytes[offset + i] != line[at]) {
        throw new AssertionError("a foreign byte at " + (position + i) + " in that of " + plan);
      }
    }
    if (position + count > plan.length()) {
      throw new AssertionError("too much content in the answer to " + plan);
    }
  }

  /** Judges an answer that has come whole. */
  static Seen judge(AbortPlan plan, int status, String number, long length) {
    if (status == 500 && length == 0 && plan.mayFail()) {
      return Seen.ERROR;
    }
    boolean own = Integer.toString(plan.number()).equals(number);
    if (status == 200 && own && length == plan.length() && plan.maySucceed()) {
      return Seen.WHOLE;
    }
    throw new AssertionError(
        "%d for %s with %d bytes is the answer to %s".formatted(status, number, length, plan));
  }
}
