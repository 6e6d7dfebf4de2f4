package org.pipebridge.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.KeptContent;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.Upgrading;

/**
 * Carries one exchange on the request and response objects that the container passed in.
 *
 * <p>It is one object for three parts: this one knows the threads of the request, its features, and
 * how it leaves; the others read and answer. What happens after {@link #finished} is {@link
 * Leaving}'s, or on other threads the {@link Ending}'s.
 */
final class ServletTransport extends ServletResponseSide {

  private final @Nullable FilterChain chain;
  private final Exchange exchange;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private @Nullable ServletFeatures features;
  private volatile @Nullable Thread serving = Thread.currentThread();
  private volatile @Nullable Ending ending;
  private volatile boolean turnedOver;

  ServletTransport(
      ServletServer server,
      Exchanges exchanges,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable FilterChain chain) {
    super(server, request, response);
    this.chain = chain;
    this.ending = chain == null ? null : new Ending(this);
    this.exchange = new Exchange(this, exchanges);
  }

  @Override
  Exchange exchange() {
    return exchange;
  }

  /** What ends the request on another thread; made on the container's. */
  Ending ending() {
    Ending known = ending;
    if (known == null) {
      known = new Ending(this);
      ending = known;
    }
    return known;
  }

  /** Whether a run that has returned is over, and the container's thread leaves with it. */
  boolean endsHere(ExchangeRun<?> run) {
    Ending known = ending;
    boolean here = known == null || known.endsHere(run);
    serving = null;
    return here && !turnedOver;
  }

  @Override
  @Nullable Ending existingEnding() {
    return ending;
  }

  /** Whether this thread is the container's, inside the request. */
  boolean isServing(Thread thread) {
    return thread == serving;
  }

  /** The rest of the filter chain, if the end of the pipeline falls through to it (W30). */
  @Nullable FilterChain chain() {
    return chain;
  }

  boolean inFilter() {
    return chain != null;
  }

  /** Reads the target at once: in Liberty another thread may get that of another request. */
  void readTarget() {
    HttpRequestFeature line = exchange.features().require(HttpRequestFeature.class);
    line.path();
    line.rawTarget();
  }

  @Override
  boolean isTurnedOver() {
    return turnedOver;
  }

  void setTurnedOver(boolean turnedOver) {
    this.turnedOver = turnedOver;
  }

  /** Gives the response to the rest of the chain: only what the pipeline set is put on it (W32). */
  void handOver(FilterChain next) throws Exception {
    KeptContent kept =
        exchange.features().get(HttpRequestBodyFeature.class) instanceof KeptContent.Keeper keeper
            ? keeper.give()
            : null;
    if (kept == null) {
      exchange.handOver();
      next.doFilter(request(), response());
      return;
    }
    try (ReplayedRequest replayed = new ReplayedRequest(request(), kept)) { // W33
      exchange.handOver();
      next.doFilter(replayed, response());
    }
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    return features().get(type);
  }

  @Override
  ServletFeatures features() {
    if (features == null) {
      features = new ServletFeatures(this);
    }
    return features;
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return ServletFeatures.TYPES;
  }

  @Override
  public boolean isOnContainerThread() {
    Thread thread = Thread.currentThread();
    ContainerSignals known = signals();
    return isServing(thread) || (known != null && known.isCalling(thread));
  }

  @Override
  public boolean mayBeNonBlocking() {
    Ending known = ending;
    if (known == null || !known.isAsync()) {
      return (known == null || !known.isWaiting())
          && Ending.canStartAsync(this)
          && server().container(request()).movesWithoutBlocking()
          && !TurnOver.needsContainerThread(this); // its thread is needed
    }
    return true;
  }

  @Override
  public void goNonBlocking() {
    super.goNonBlocking();
    if (isServing(Thread.currentThread())) {
      ending().tryAsync();
    }
  }

  @Override
  public void runElsewhere(Runnable work) {
    ending().runElsewhere(work);
  }

  @Override
  @Nullable ServletExtras existingExtras() {
    return features == null ? null : features.existingExtras();
  }

  @Override
  public void abort() {
    if (turnedOver) {
      return;
    }
    long errorCode = features == null ? ServletStreamFeature.NONE : features.errorCode();
    if (errorCode == ServletStreamFeature.NONE) {
      server().tryBreakConnection(request());
    } else {
      server().resetStream(request(), errorCode);
    }
  }

  @Override
  public void suspend() {
    ending().suspend();
  }

  @Override
  public void resume(Runnable step) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    if (before == loader) {
      step.run();
      return;
    }
    thread.setContextClassLoader(loader); // W13
    try {
      step.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public boolean isUpgradable() {
    return TurnOver.isPossible(this);
  }

  @Override
  public void upgrade(Upgrading upgrading) {
    if (ending == null) {
      TurnOver.begin(this, upgrading);
    } else {
      ending.turnOver(() -> TurnOver.begin(this, upgrading));
    }
  }

  @Override
  public void finished(Outcome outcome) {
    releaseContent();
    if (ending != null && !turnedOver) { // else the container has ended the request long ago
      ending.finished(seen(outcome));
    }
  }

  /** What the container sees of an outcome: a request that it has refused by itself is gone. */
  Outcome seen(Outcome outcome) {
    return isRefused() && outcome == Outcome.KILL ? Outcome.GONE : outcome;
  }
}
