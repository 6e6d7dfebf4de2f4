package org.pipebridge.server.exchange;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A container that moves content without blocking, in the three manners that real ones have: when
 * it calls back, how often, and from where.
 */
final class FakeContainer implements Transport {

  /** How the callbacks of a container come. */
  enum Manner {
    /** Also when nobody asked whether content is there (Tomcat's first callback). */
    UNASKED,
    /** Only after somebody was told that there is none (Jetty). */
    ON_DEMAND,
    /** Also from within the question, on the thread of who asks (Undertow's end of content). */
    FROM_WITHIN
  }

  private final Manner manner;
  private final ReentrantLock lock = new ReentrantLock(); // what a container does is atomic to us
  private @Nullable Exchange exchange;
  private int available;
  private boolean readWanted;
  private boolean full;
  private boolean writeWanted;
  private int written;
  private int finished;
  private @Nullable Outcome outcome;
  private boolean over;
  private volatile @Nullable Thread containerThread;
  private volatile @Nullable String violation;

  FakeContainer(Manner manner) {
    this.manner = manner;
  }

  void serve(Exchange served) {
    exchange = served;
  }

  void enterOnThisThread() {
    containerThread = Thread.currentThread();
  }

  /** Content arrives, on a thread of the container. */
  void arrive(int count) {
    boolean call;
    lock.lock();
    try {
      available += count;
      call = readWanted || manner == Manner.UNASKED;
      readWanted = false;
    } finally {
      lock.unlock();
    }
    if (call) {
      exchange().readable();
    }
  }

  /** The network takes what was written, on a thread of the container. */
  void drain() {
    boolean call;
    lock.lock();
    try {
      full = false;
      call = writeWanted || manner == Manner.UNASKED;
      writeWanted = false;
    } finally {
      lock.unlock();
    }
    if (call) {
      exchange().writable();
    }
  }

  /** Notes that the objects of this request serve another from now on. */
  void recycle() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  int written() {
    return written;
  }

  int timesFinished() {
    return finished;
  }

  @Nullable Outcome outcome() {
    return outcome;
  }

  /** What was done to the objects of the request that must not be done, if anything. */
  @Nullable String violation() {
    return violation;
  }

  private Exchange exchange() {
    if (exchange == null) {
      throw new IllegalStateException("no exchange to serve");
    }
    return exchange;
  }

  private void touch(String what) {
    if (over) {
      violation = what + " after the end of the request";
    }
  }

  @Override
  public boolean isOnContainerThread() {
    return Thread.currentThread() == containerThread;
  }

  @Override
  public boolean mayBeNonBlocking() {
    return true;
  }

  @Override
  public void goNonBlocking() {}

  @Override
  public boolean canRead() {
    boolean within;
    lock.lock();
    try {
      touch("canRead");
      if (available > 0) {
        return true;
      }
      readWanted = true;
      within = manner == Manner.FROM_WITHIN;
    } finally {
      lock.unlock();
    }
    if (within) {
      exchange().readable();
    }
    return false;
  }

  @Override
  public boolean canWrite() {
    lock.lock();
    try {
      touch("canWrite");
      writeWanted |= full;
      return !full;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    lock.lock();
    try {
      touch("read");
      int given = Math.min(available, count);
      available -= given;
      return given;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    lock.lock();
    try {
      touch("write");
      if (full) {
        violation = "a write that was not allowed";
      }
      written += count;
      full = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    touch("flush");
  }

  @Override
  public void end() {
    touch("end");
  }

  @Override
  public void finished(Outcome result) {
    lock.lock();
    try {
      finished++;
      outcome = result;
      over = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    return null;
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return List.of();
  }

  @Override
  public boolean isHead() {
    return false;
  }

  @Override
  public boolean canHaveBody() {
    return true;
  }

  @Override
  public long requestContentLength() {
    return -1;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    touch("begin");
  }

  @Override
  public boolean isCommitted() {
    return written > 0;
  }

  @Override
  public void reset() {}

  @Override
  public void abort() {}

  @Override
  public void suspend() {}
}
