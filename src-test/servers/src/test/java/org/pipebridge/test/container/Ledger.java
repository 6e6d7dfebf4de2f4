package org.pipebridge.test.container;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.HttpApplication;

/** An application that keeps books of what its server tells it of each request (S3). */
final class Ledger implements HttpApplication<Ledger.Entry> {

  /** Where a request is: each step follows the one before, once. */
  private enum Step {
    CREATED,
    PROCESSED,
    COMPLETED,
    DISPOSED
  }

  private final PipelineApplication application;
  private final AtomicIntegerArray created;
  private final Set<Entry> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  /** Keeps books of requests with numbers below a limit, as {@link AbortPlan#path()} tells them. */
  Ledger(int requests, RequestDelegate pipeline) {
    this.created = new AtomicIntegerArray(requests);
    this.application = new PipelineApplication(pipeline);
  }

  /** One request. */
  record Entry(HttpContext context, int number, AtomicReference<Step> step) {}

  @Override
  public Entry createContext(FeatureCollection features) {
    int number = AbortPlan.number(features.require(HttpRequestFeature.class).path());
    if (created.incrementAndGet(number) > 1) {
      fault("request " + number + " was created again");
    }
    Entry entry =
        new Entry(application.createContext(features), number, new AtomicReference<>(Step.CREATED));
    open.add(entry);
    return entry;
  }

  @Override
  public CompletionStage<Void> process(Entry entry) throws Exception {
    step(entry, Step.CREATED, Step.PROCESSED);
    entry.context.response().onCompleted(() -> step(entry, Step.PROCESSED, Step.COMPLETED));
    return application.process(entry.context);
  }

  @Override
  public void disposeContext(Entry entry, Throwable failure) {
    step(entry, Step.COMPLETED, Step.DISPOSED);
    if (failure instanceof Error || failure instanceof RuntimeException && !isExpected(failure)) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      fault("request " + entry.number + " failed with " + trace);
    }
    open.remove(entry);
  }

  private static boolean isExpected(Throwable failure) {
    return failure instanceof AbortApplication.Deliberate
        || failure instanceof CancellationException
        || failure instanceof BadHttpRequestException;
  }

  private void step(Entry entry, Step from, Step to) {
    if (!entry.step.compareAndSet(from, to)) {
      fault("request %d is %s and comes to %s".formatted(entry.number, entry.step.get(), to));
    }
  }

  void fault(String fault) {
    faults.add(fault);
  }

  Queue<String> faults() {
    return faults;
  }

  /** The numbers of the requests that are created and not yet disposed. */
  List<Integer> open() {
    return open.stream().map(Entry::number).sorted().toList();
  }

  boolean isCreated(int number) {
    return created.get(number) > 0;
  }
}
