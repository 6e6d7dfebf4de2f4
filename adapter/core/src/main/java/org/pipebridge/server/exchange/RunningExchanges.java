package org.pipebridge.server.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that are under way.
 *
 * <p>Their runs are linked through themselves, so that a request costs no entry, in several lists,
 * so that requests that come and go at once seldom meet at one lock.
 */
final class RunningExchanges {

  private static final int LISTS = 64; // a power of two

  private final LinkedRuns[] lists = new LinkedRuns[LISTS];

  RunningExchanges() {
    for (int i = 0; i < LISTS; i++) {
      lists[i] = new LinkedRuns();
    }
  }

  /** Adds a run that was never added before. */
  void add(ExchangeRun<?> run) {
    listOf(run).add(run);
  }

  /** Removes a run that was added, once. */
  void remove(ExchangeRun<?> run) {
    listOf(run).remove(run);
  }

  int size() {
    int size = 0;
    for (LinkedRuns list : lists) {
      size += list.size();
    }
    return size;
  }

  /** Returns those of this moment. */
  List<Exchange> all() {
    List<Exchange> all = new ArrayList<>();
    for (LinkedRuns list : lists) {
      list.copyTo(all);
    }
    return all;
  }

  private LinkedRuns listOf(ExchangeRun<?> run) {
    return lists[System.identityHashCode(run) & LISTS - 1];
  }

  /** One list; its lock guards the links of its runs. */
  private static final class LinkedRuns {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ExchangeRun<?> first;
    private int size;

    void add(ExchangeRun<?> run) {
      lock.lock();
      try {
        ExchangeRun<?> after = first;
        run.next = after;
        if (after != null) {
          after.previous = run;
        }
        first = run;
        size++;
      } finally {
        lock.unlock();
      }
    }

    void remove(ExchangeRun<?> run) {
      lock.lock();
      try {
        ExchangeRun<?> before = run.previous;
        ExchangeRun<?> after = run.next;
        if (before == null) {
          first = after;
        } else {
          before.next = after;
        }
        if (after != null) {
          after.previous = before;
        }
        run.previous = null; // a run that somebody keeps must not keep others
        run.next = null;
        size--;
      } finally {
        lock.unlock();
      }
    }

    int size() {
      lock.lock();
      try {
        return size;
      } finally {
        lock.unlock();
      }
    }

    void copyTo(List<Exchange> all) {
      lock.lock();
      try {
        for (ExchangeRun<?> run = first; run != null; run = run.next) {
          all.add(run.exchange());
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
