package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests over HTTP/2 whose content is waited for in Undertow and WildFly, by connection, so
 * that each is told when its connection ends: {@link UndertowContent} says why.
 *
 * <p>One listener is registered for a connection, since Undertow keeps it as long as that; it is
 * made of classes of the JDK alone, or it would keep the application (W9). It goes through the
 * public methods {@code ServerConnection.addCloseListener}, {@code isOpen} and {@code
 * getCloseSetter}; the last gives the same object for all streams of a connection.
 */
final class UndertowStreams {

  private static final String LISTENER = "io.undertow.server.ServerConnection$CloseListener";

  private static final MethodHandle COMPLETE;

  static {
    try {
      COMPLETE =
          MethodHandles.publicLookup()
              .findVirtual(
                  CompletableFuture.class,
                  "complete",
                  MethodType.methodType(boolean.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The contents of one connection, and what Undertow's listener completes at its end. */
  private static final class Waiting {

    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final Set<UndertowContent> contents = ConcurrentHashMap.newKeySet();
  }

  private final Map<Object, Waiting> waiting = new ConcurrentHashMap<>();

  /** The connection of a request, as its server sees it, or null if this is another Undertow. */
  static @Nullable Object connection(HttpServletRequest request) {
    try {
      return UndertowConnection.of(request);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static boolean isOpen(Object connection) {
    try {
      return Boolean.TRUE.equals(UndertowConnection.call(connection, "isOpen"));
    } catch (ReflectiveOperationException e) {
      return true; // as far as is known
    }
  }

  /** Has content told when its connection ends, which may be now. */
  void add(Object connection, UndertowContent content) {
    try {
      Object key = UndertowConnection.call(connection, "getCloseSetter");
      Waiting ofConnection = waiting.computeIfAbsent(key, absent -> listen(connection, absent));
      if (ofConnection == null) {
        return; // another Undertow
      }
      ofConnection.contents.add(content);
      if (!isOpen(connection)) {
        ofConnection.end.complete(connection);
        content.connectionEnded(); // it may have come too late for that
      }
    } catch (ReflectiveOperationException e) {
      // another Undertow
    }
  }

  void remove(Object connection, UndertowContent content) {
    try {
      Waiting ofConnection = waiting.get(UndertowConnection.call(connection, "getCloseSetter"));
      if (ofConnection != null) {
        ofConnection.contents.remove(content);
      }
    } catch (ReflectiveOperationException e) {
      // another Undertow
    }
  }

  /** Lets go of all connections; what Undertow keeps is then none of our classes (W9). */
  void close() {
    waiting.values().forEach(ofConnection -> ofConnection.end.complete(null));
  }

  private @Nullable Waiting listen(Object connection, Object key) {
    Class<?> type = connection.getClass();
    try {
      Class<?> listener = Class.forName(LISTENER, false, type.getClassLoader());
      Waiting ofConnection = new Waiting();
      ofConnection.end.thenRun(() -> ended(key)); // before it can end: not on this thread
      Object proxy =
          MethodHandleProxies.asInterfaceInstance(listener, COMPLETE.bindTo(ofConnection.end));
      type.getMethod("addCloseListener", listener).invoke(connection, proxy);
      return ofConnection;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private void ended(Object key) {
    Waiting ofConnection = waiting.remove(key);
    if (ofConnection != null) {
      ofConnection.contents.forEach(UndertowContent::connectionEnded);
    }
  }
}
