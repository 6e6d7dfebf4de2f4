package org.pipebridge.server.exchange;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/**
 * One request and its response, from the first feature to the end.
 *
 * <p>It owns the parts that carry the rules, makes them when they are first asked for, and ends
 * them: when it is over, each of them throws (C12).
 */
public final class Exchange extends ExchangeBodies {

  private static final VarHandle LIFETIME;

  static {
    try {
      LIFETIME =
          MethodHandles.lookup().findVarHandle(Exchange.class, "lifetime", ExchangeLifetime.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Transport transport;
  private final Exchanges server;
  private final ExchangeFeatures features;
  private final ResponseHead head;
  private final boolean isHead;
  private volatile @Nullable ExchangeLifetime lifetime;
  private @Nullable RequestIdentifier identifier;
  private @Nullable Upgrade upgrade;
  private volatile @Nullable PendingStage pending;
  private volatile boolean lastOnConnection;
  private volatile boolean over;

  /**
   * Creates an exchange.
   *
   * @param transport what carries it
   * @param server the books of its server
   */
  public Exchange(Transport transport, Exchanges server) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.server = Objects.requireNonNull(server, "server");
    this.isHead = transport.isHead();
    this.head = new ResponseHead(this, transport.initialStatus());
    this.features = new ExchangeFeatures(this);
  }

  /**
   * Returns the features of the request, which an application may change.
   *
   * @return the features
   */
  public FeatureCollection features() {
    return features;
  }

  /**
   * Throws if the request is over. A server's own features call it before they touch what a
   * container may use again, and after they have read from it (C14).
   *
   * @throws IllegalStateException if it is over
   */
  public void checkAlive() {
    if (over) {
      throw new IllegalStateException(
          "the request is over: its context, features, streams and headers must not be used");
    }
  }

  /**
   * Tells whether the client must be told that its connection ends with this response.
   *
   * @return whether it is the last on its connection
   */
  public boolean isLastOnConnection() {
    return lastOnConnection || server.isStopping();
  }

  /** Notes that the connection must not be used for another request. */
  public void setLastOnConnection() {
    lastOnConnection = true;
  }

  /**
   * Notes that the container found the client gone (A3).
   *
   * @param cause what it said
   */
  public void disconnected(Throwable cause) {
    lifetime().disconnected(cause);
  }

  /**
   * Lets no operation on a body begin any more, and waits for those that another thread is inside:
   * the container is about to take its objects back (C14).
   */
  public void takeBack() {
    closeBodies();
    awaitBodies();
  }

  /**
   * Lets something else answer: starts the response, gives its head to the transport, and closes
   * the bodies (W32). Waits for onStarting callbacks where it stands.
   *
   * @throws Exception if a callback fails or the client is gone
   */
  public void handOver() throws Exception {
    if (!head.isNew()) {
      throw new IllegalStateException(
          "a request can be handed over before its response has started only");
    }
    Stages.await(head.start());
    head.handOver();
    closeBodies();
    awaitBodies();
  }

  /**
   * Tells whether something else answers: what {@link Transport#begin} is given is only what the
   * application has set (W32).
   *
   * @return whether the request was handed over
   */
  public boolean isHandedOver() {
    return head.isHandedOver();
  }

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  Exchange self() {
    return this;
  }

  Exchanges server() {
    return server;
  }

  /** What aborts the request; one that is made after the end aborts nothing (A4). */
  ExchangeLifetime lifetime() {
    ExchangeLifetime known = lifetime;
    if (known == null) {
      LIFETIME.compareAndSet(this, null, new ExchangeLifetime(this));
      known = Objects.requireNonNull(lifetime);
    }
    if (over) {
      known.end();
    }
    return known;
  }

  boolean isAborted() {
    ExchangeLifetime known = lifetime;
    return known != null && known.isAborted();
  }

  void throwIfAborted() throws RequestAbortedException {
    if (isAborted()) {
      throw new RequestAbortedException("the request was aborted", null);
    }
  }

  ResponseHead head() {
    return head;
  }

  boolean isHead() {
    return isHead;
  }

  boolean hasUsedBodies() {
    return head.isStarted() || isContentUsed();
  }

  /** Whether the response can have no more content, and no trailers (T4). */
  boolean isContentClosed() {
    return areBodiesClosed() || head.isCompleted();
  }

  RequestIdentifier identifier() {
    if (identifier == null) {
      identifier = new RequestIdentifier(this);
    }
    return identifier;
  }

  /** The feature that upgrades, if this server can (F8). */
  @Nullable Upgrade upgradeFeature() {
    if (upgrade == null && transport.isUpgradable()) {
      upgrade = new Upgrade(this);
    }
    return upgrade;
  }

  /** The upgrade that the application has asked for, or null. */
  @Nullable Upgrade upgrade() {
    return upgrade != null && upgrade.isDue() ? upgrade : null;
  }

  /** Ends the response, which was closed: the last bytes and the end of the message. */
  CompletionStage<Void> sendEnd() throws IOException {
    if (isNonBlocking()) {
      return responseBody().sendEnd();
    }
    transport.end();
    head.complete();
    return Stages.completed();
  }

  /** Whether the request has waited for a stage, so that the transport is suspended. */
  boolean isSuspended() {
    return pending != null;
  }

  /** Notes the stage that the request waits for. */
  void setPending(PendingStage stage) {
    pending = stage;
  }

  /**
   * No longer waits for a pending stage (S3), unless another thread is inside a body operation,
   * which must not meet the end of the request (C14).
   */
  void abandon() {
    PendingStage stage = pending;
    if (stage != null) {
      closeBodies();
      if (isNobodyInside()) {
        stage.giveUp();
      }
    }
  }

  /** Ends everything (R6 step 9). */
  void end() {
    awaitBodies();
    over = true; // before the look: a lifetime that is made meanwhile sees it, or is seen
    ExchangeLifetime known = lifetime;
    if (known != null) {
      known.end();
    }
    features.end();
  }
}
