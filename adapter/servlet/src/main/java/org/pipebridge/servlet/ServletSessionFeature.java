package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.Session;
import org.pipebridge.feature.SessionFeature;
import org.pipebridge.server.exchange.Exchange;

/** The container's session, created at the first write (F36). */
final class ServletSessionFeature implements SessionFeature, Session {

  private final HttpServletRequest request;
  private final Exchange exchange;
  private @Nullable HttpSession known;
  private boolean kept;

  ServletSessionFeature(HttpServletRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  @Override
  public Session session() {
    exchange.checkAlive();
    return this;
  }

  @Override
  public String id() {
    HttpSession session = present();
    return session == null ? "" : session.getId();
  }

  @Override
  public boolean isNew() {
    HttpSession session = present();
    return session == null || session.isNew();
  }

  @Override
  public @Nullable Object get(String name) {
    Objects.requireNonNull(name, "name");
    HttpSession session = present();
    return session == null ? null : session.getAttribute(name);
  }

  @Override
  public void set(String name, Object value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    HttpSession session = present();
    if (session == null) {
      if (exchange.features().require(HttpResponseFeature.class).hasStarted()) {
        throw new IllegalStateException(
            "a session must be created before the response has started, for its cookie's sake");
      }
      session = request.getSession(true);
    }
    session.setAttribute(name, value);
  }

  @Override
  public void remove(String name) {
    Objects.requireNonNull(name, "name");
    HttpSession session = present();
    if (session != null) {
      session.removeAttribute(name);
    }
  }

  @Override
  public Set<String> names() {
    HttpSession session = present();
    return session == null
        ? Set.of()
        : Collections.unmodifiableSet(
            new LinkedHashSet<>(Collections.list(session.getAttributeNames())));
  }

  @Override
  public void invalidate() {
    HttpSession session = present();
    if (session != null) {
      session.invalidate();
    }
  }

  /** Keeps the session, so that the container's request is needed no longer (U8). */
  void keep() {
    known = request.getSession(false);
    kept = true;
  }

  private @Nullable HttpSession present() {
    exchange.checkAlive();
    return kept ? known : request.getSession(false);
  }
}
