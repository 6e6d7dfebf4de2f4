package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.internal.Ascii;
import org.pipebridge.server.exchange.Exchange;

/**
 * The header fields of a servlet request: asked of the container by name, copied at the first
 * change.
 *
 * <p>Each look is followed by a check that the request is not over, since the container uses its
 * objects again: what another request's header said is never given out (C14).
 */
final class ServletRequestHeaders implements Headers {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final HttpServletRequest request;
  private final Exchange exchange;
  private @Nullable Copy copy;

  ServletRequestHeaders(HttpServletRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  @Override
  public @Nullable String first(String name) {
    Objects.requireNonNull(name, "name");
    exchange.checkAlive();
    if (copy != null) {
      return copy.first(name);
    }
    String value = request.getHeader(name);
    if (value == null) {
      value = authority(name);
    }
    exchange.checkAlive();
    return value == null ? null : utf8(value);
  }

  @Override
  public List<String> values(String name) {
    Objects.requireNonNull(name, "name");
    exchange.checkAlive();
    if (copy != null) {
      return copy.values(name);
    }
    List<String> values = new ArrayList<>();
    Enumeration<String> lines = request.getHeaders(name);
    while (lines != null && lines.hasMoreElements()) {
      values.add(utf8(lines.nextElement()));
    }
    String authority = values.isEmpty() ? authority(name) : null;
    if (authority != null) {
      values.add(authority);
    }
    exchange.checkAlive();
    return Collections.unmodifiableList(values);
  }

  @Override
  public Set<String> names() {
    exchange.checkAlive();
    if (copy != null) {
      return copy.names();
    }
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> names = new LinkedHashSet<>();
    if (request.getHeader(HeaderNames.HOST) == null && authority(HeaderNames.HOST) != null) {
      names.add(HeaderNames.HOST);
    }
    Enumeration<String> given = request.getHeaderNames();
    while (given != null && given.hasMoreElements()) {
      String name = given.nextElement();
      if (seen.add(name)) {
        names.add(name);
      }
    }
    exchange.checkAlive();
    return Collections.unmodifiableSet(names);
  }

  @Override
  public void forEach(BiConsumer<String, String> action) {
    Objects.requireNonNull(action, "action");
    for (String name : names()) {
      for (String value : values(name)) {
        action.accept(name, value);
      }
    }
  }

  @Override
  public void set(String name, String value) {
    copy().set(name, value);
  }

  @Override
  public void set(String name, List<String> values) {
    copy().set(name, values);
  }

  @Override
  public void add(String name, String value) {
    copy().add(name, value);
  }

  @Override
  public void remove(String name) {
    copy().remove(name);
  }

  @Override
  public void clear() {
    copy().clear();
  }

  /** Copies all lines, so that the container's request is needed no longer. */
  void keep() {
    copy();
  }

  private Copy copy() {
    exchange.checkAlive();
    if (copy == null) {
      Copy all = new Copy();
      forEach(all::receive);
      copy = all;
    }
    return copy;
  }

  /**
   * Returns the {@code :authority} if that is asked for (C5). Undertow shows it as a Host; Tomcat
   * and Jetty show its parts only.
   */
  private @Nullable String authority(String name) {
    if (!Ascii.equalsIgnoreCase(name, HeaderNames.HOST)
        || request.getProtocol().startsWith("HTTP/1")) {
      return null;
    }
    String host = request.getServerName();
    int port = request.getServerPort();
    boolean literal = host.indexOf(':') >= 0 && !host.startsWith("[");
    boolean usual = port == (request.isSecure() ? HTTPS_PORT : HTTP_PORT);
    return (literal ? "[" + host + "]" : host) + (usual ? "" : ":" + port);
  }

  /**
   * Takes octets that the container read as Latin-1 for what they are in UTF-8, if they are (V4).
   * ASCII comes back as the same object.
   */
  static String utf8(String value) {
    boolean ascii = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 0xFF) {
        return value;
      }
      ascii &= c < 0x80;
    }
    if (ascii) {
      return value;
    }
    try {
      byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      return value;
    }
  }

  private static final class Copy extends HeaderMap {
    void receive(String name, String value) {
      addReceived(name, value);
    }
  }
}
