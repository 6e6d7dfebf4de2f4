package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a server does for one request below the rules: move bytes, and know its features.
 *
 * <p>One thread calls at a time, but for {@link #abort()}. Once {@link #finished} was called,
 * nothing is.
 */
public interface Transport {

  /**
   * Returns a feature that is the server's own: the request line, the connection, TLS.
   *
   * @param <T> the feature type
   * @param type the feature type
   * @return the same object at each call, or null if this request has none (F8)
   */
  <T> @Nullable T feature(Class<T> type);

  /**
   * Returns the types for which {@link #feature} may give one.
   *
   * @return the types
   */
  Collection<Class<?>> featureTypes();

  /**
   * Tells whether the request, as received, has the method HEAD.
   *
   * @return whether no content may be sent (R32)
   */
  boolean isHead();

  /**
   * Returns the status a response begins with.
   *
   * @return 200 but for the dispatch of an error, which has the error's (W43)
   */
  default int initialStatus() {
    return 200;
  }

  /**
   * Returns the status that something else has given to the response since it was handed over.
   *
   * @return the status now (W32)
   * @throws IllegalStateException if nothing can be handed over here
   */
  default int handedOverStatus() {
    throw new IllegalStateException("this server hands no request over");
  }

  /**
   * Tells whether the request may have content.
   *
   * @return false promises that there is none (F29)
   */
  boolean canHaveBody();

  /**
   * Returns the length the request declares.
   *
   * @return the length in bytes, or -1 if it declares none
   */
  long requestContentLength();

  /**
   * Reads content, blocking.
   *
   * @param into where to
   * @param offset the first index
   * @param count how many bytes at most, positive
   * @return how many bytes, or -1 at the end
   * @throws IOException if the client did something wrong ({@link
   *     org.pipebridge.feature.BadHttpRequestException}) or is gone ({@link
   *     org.pipebridge.feature.RequestAbortedException})
   */
  int read(byte[] into, int offset, int count) throws IOException;

  /**
   * Returns how many bytes can be read without blocking.
   *
   * @return the number, perhaps 0
   * @throws IOException if the request is broken
   */
  int available() throws IOException;

  /**
   * Takes the head of the response; nothing need be sent yet. Called once, or again after {@link
   * #reset()}.
   *
   * @param status the status code
   * @param headers the header lines, without those that the server owns (V9)
   * @param contentLength the length of the content, or -1 if it is open
   * @param close whether the connection is not to be used again; the head says so on HTTP/1.1
   * @throws IOException if the client is gone
   */
  void begin(int status, ResponseHeaders headers, long contentLength, boolean close)
      throws IOException;

  /**
   * Tells whether the application has given trailers so far, so that a response without content
   * needs an end that can carry them, and no length (T5).
   *
   * @return whether there are any
   */
  default boolean hasTrailers() {
    return false;
  }

  /**
   * Forgets what an application has put beside status, headers and content: a reason phrase (F45),
   * trailers (T7). Called before {@link #begin} with the head of an error answer.
   */
  default void dropExtras() {}

  /**
   * Writes content into the server's buffer, blocking when that is full.
   *
   * @param from the bytes, the server's until the call returns
   * @param offset the first index
   * @param count how many, positive
   * @throws IOException if the client is gone
   */
  void write(byte[] from, int offset, int count) throws IOException;

  /**
   * Gives everything so far, at least the head, to the network (R21).
   *
   * @throws IOException if the client is gone
   */
  void flush() throws IOException;

  /**
   * Gives everything and the end of the message to the network.
   *
   * @throws IOException if the client is gone
   */
  void end() throws IOException;

  /**
   * Tells whether a byte of the response has left.
   *
   * @return whether {@link #reset()} is too late
   */
  boolean isCommitted();

  /** Drops the head and the content taken so far; called only while nothing has left. */
  void reset();

  /** Breaks the connection or stream, as far as this server can; from any thread, once at most. */
  void abort();

  /**
   * Says that the rest of the request happens on other threads. Called at most once, on the thread
   * that runs the request, before {@link #finished} can be.
   */
  void suspend();

  /**
   * Tells whether this is the container's own thread inside the request, or one that carries its
   * I/O callbacks: a thread that must not wait for what it has to bring about itself (B13).
   *
   * @return whether it is
   */
  default boolean isOnContainerThread() {
    return false;
  }

  /**
   * Tells whether content can be moved without a thread that waits (B11).
   *
   * @return whether {@link #goNonBlocking()} may be called
   */
  default boolean mayBeNonBlocking() {
    return false;
  }

  /**
   * Says that content is moved without waiting from now on: {@link #read}, {@link #write}, {@link
   * #flush} and {@link #end} are called only when {@link #canRead()} or {@link #canWrite()} has
   * said so. Called once at most, before the first of them.
   */
  default void goNonBlocking() {
    throw new UnsupportedOperationException("this transport blocks");
  }

  /**
   * Tells whether a read has something to give without waiting: content, the end, or a failure. If
   * not, {@link Exchange#readable()} follows when it has, perhaps before this returns.
   *
   * @return whether {@link #read} may be called
   * @throws IOException if the request is broken
   */
  default boolean canRead() throws IOException {
    return true;
  }

  /**
   * Tells whether all that was written so far is out of the caller's hands and more is taken
   * without waiting. If not, {@link Exchange#writable()} follows when it is, perhaps before this
   * returns.
   *
   * @return whether {@link #write}, {@link #flush} or {@link #end} may be called, once
   * @throws IOException if the client is gone
   */
  default boolean canWrite() throws IOException {
    return true;
  }

  /**
   * Runs blocking code on a thread for which {@link #isOnContainerThread()} is false (B13).
   *
   * @param work what to run
   */
  default void runElsewhere(Runnable work) {
    throw new UnsupportedOperationException("this transport has no callback threads");
  }

  /**
   * Runs a callback of the application, or what comes after a pending stage, on whatever thread
   * that happens. A server that has something to set up around application code does so here (W13).
   *
   * @param step what to run
   */
  default void resume(Runnable step) {
    step.run();
  }

  /**
   * Tells whether the connection of this request can be turned over to another protocol, should the
   * client ask for that (F8, U1).
   *
   * @return false unless overridden
   */
  default boolean isUpgradable() {
    return false;
  }

  /**
   * Sends the head that {@link #begin} was given, with status 101, and turns the connection over
   * (U2). From then on {@link #abort()} is to do nothing: the engine closes the connection itself.
   *
   * @param upgrading what takes the connection
   */
  default void upgrade(Upgrading upgrading) {
    throw new IllegalStateException("this server turns no connection over");
  }

  /**
   * Says that the request is over; from now on the engine touches nothing. The last call.
   *
   * @param outcome what the client must see
   */
  void finished(Outcome outcome);
}
