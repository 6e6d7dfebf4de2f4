package org.pipebridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a request whose I/O does not block (B11): asks them whether they are ready, and
 * passes on what the container tells.
 *
 * <p>A listener is registered at the first look at its stream, since containers call it back for
 * nothing else. Each callback lets the pending operation go on, on the container's thread; when
 * none is pending it means nothing, and the next operation looks for itself.
 */
final class ContainerSignals {

  private final ServletRequestSide transport;
  private final Runnable readable;
  private final Runnable writable;
  private final @Nullable Object errorBefore;
  private @Nullable ServletInputStream input;
  private @Nullable ServletOutputStream output;
  private volatile @Nullable Throwable readFailure;
  private volatile @Nullable Throwable writeFailure;
  private volatile @Nullable Thread reading;
  private volatile @Nullable Thread writing;
  private volatile @Nullable Thread ending;

  ContainerSignals(ServletRequestSide transport) {
    this.transport = transport;
    this.readable = transport.exchange()::readable;
    this.writable = transport.exchange()::writable;
    this.errorBefore = error();
  }

  /** Whether this thread is in a callback of the container. */
  boolean isCalling(Thread thread) {
    return thread == reading || thread == writing || thread == ending;
  }

  /** Tells, on a thread of the container, that the connection has ended (A3). */
  void ended(Throwable cause) {
    ending = Thread.currentThread();
    try {
      transport.resume(() -> transport.exchange().disconnected(cause));
    } finally {
      ending = null;
    }
  }

  /** Lets operations go on that began before the container allowed them. */
  void begun() {
    transport.resume(readable);
    transport.resume(writable);
  }

  boolean canRead(ServletInputStream stream) throws IOException {
    if (readFailure != null) {
      throw new IOException(readFailure);
    }
    if (input == null) {
      input = stream;
      if (!stream.isFinished()) { // else some containers never call back
        stream.setReadListener(new Reads());
      }
    }
    return stream.isFinished() || isGoingOn(stream.isReady());
  }

  boolean canWrite(ServletOutputStream stream) throws IOException {
    if (writeFailure != null) {
      throw new IOException(writeFailure);
    }
    if (output == null) {
      output = stream;
      stream.setWriteListener(new Writes());
    }
    return isGoingOn(stream.isReady());
  }

  /**
   * Tells what a stream has told. Tomcat forgets its listeners when it fails to send a head over
   * HTTP/2, keeps that to itself, and tells for ever that its streams are not ready (A3).
   */
  private boolean isGoingOn(boolean ready) throws IOException {
    if (!ready
        && error() instanceof Throwable failure
        && failure != errorBefore
        && !transport.isHttp1()
        && transport.server().container(transport.request()) == ContainerKind.TOMCAT) {
      throw new IOException(failure);
    }
    return ready;
  }

  private @Nullable Object error() {
    return transport.request().getAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  /** Registers again at the next look: a reset makes Tomcat forget its listener. */
  void responseReset() {
    if (transport.server().container(transport.request()) == ContainerKind.TOMCAT) {
      output = null;
    }
  }

  private final class Reads implements ReadListener {

    @Override
    public void onDataAvailable() {
      Thread before = reading; // Undertow tells of the end from within isReady()
      reading = Thread.currentThread();
      try {
        transport.resume(readable);
      } finally {
        reading = before;
      }
    }

    @Override
    public void onAllDataRead() {
      onDataAvailable();
    }

    @Override
    public void onError(Throwable failure) {
      readFailure = failure;
      onDataAvailable();
    }
  }

  private final class Writes implements WriteListener {

    @Override
    public void onWritePossible() {
      Thread before = writing;
      writing = Thread.currentThread();
      try {
        transport.resume(writable);
      } finally {
        writing = before;
      }
    }

    @Override
    public void onError(Throwable failure) {
      writeFailure = failure;
      onWritePossible();
    }
  }
}
