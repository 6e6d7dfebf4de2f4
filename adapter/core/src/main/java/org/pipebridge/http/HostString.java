package org.pipebridge.http;

import java.net.IDN;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A host and perhaps a port, as in the header Host (V29).
 *
 * <p>Two of them are equal if they differ at most in case. ASP.NET Core: {@code HostString}.
 *
 * @since 0.1
 */
public final class HostString {

  /** No host. */
  public static final HostString EMPTY = new HostString("");

  private final String value;

  /**
   * Creates a host of a text, which is not checked.
   *
   * @param value host and perhaps port; an IPv6 address has brackets if a port follows
   */
  public HostString(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /**
   * Creates a host with a port.
   *
   * @param host the host; an IPv6 address gets brackets
   * @param port 1 to 65535
   * @return host and port
   * @throws IllegalArgumentException if the port is out of range
   */
  public static HostString of(String host, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port must be in 1..65535, but is " + port);
    }
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return new HostString((bare ? '[' + host + ']' : host) + ':' + port);
  }

  /**
   * Returns the text as sent.
   *
   * @return host and port, or ""
   */
  public String value() {
    return value;
  }

  /**
   * Tells whether there is more than nothing.
   *
   * @return whether the value is not empty
   */
  public boolean hasValue() {
    return !value.isEmpty();
  }

  /**
   * Returns the host without port: punycode as Unicode, an IPv6 address in brackets.
   *
   * @return the host, or ""
   */
  public String host() {
    String host = value.substring(0, hostLength());
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      return '[' + host + ']';
    }
    return host.regionMatches(true, 0, "xn--", 0, 4)
            || host.toLowerCase(Locale.ROOT).contains(".xn--")
        ? IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED)
        : host;
  }

  /**
   * Returns the port.
   *
   * @return the port; empty if it is missing or not a number
   */
  public OptionalInt port() {
    int start = hostLength() + 1;
    int length = value.length() - start;
    if (length < 1
        || length > 9
        || !value.chars().skip(start).allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(value.substring(start)));
  }

  /**
   * Tells whether the host, without its port, matches one of some patterns, ignoring case.
   *
   * @param patterns hosts; "*" matches all, "*.x.org" all subdomains of x.org but not x.org itself
   * @return whether one matches
   */
  public boolean matchesAny(Iterable<String> patterns) {
    String host = host().toLowerCase(Locale.ROOT);
    for (String pattern : patterns) {
      String wanted = new HostString(pattern).host().toLowerCase(Locale.ROOT);
      boolean matches =
          wanted.startsWith("*.")
              ? host.length() > wanted.length() - 1 && host.endsWith(wanted.substring(1))
              : wanted.equals("*") || wanted.equals(host);
      if (matches) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the text in ASCII, fit for a header: Unicode as punycode, or percent-encoded where it
   * is no name that can have that.
   *
   * @return host and port
   */
  public String toUriComponent() {
    if (value.chars().allMatch(c -> c < 0x80)) {
      return value;
    }
    int end = hostLength();
    try {
      return IDN.toASCII(value.substring(0, end), IDN.ALLOW_UNASSIGNED) + value.substring(end);
    } catch (IllegalArgumentException noName) {
      return PathString.escape(value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostString host && value.equalsIgnoreCase(host.value);
  }

  @Override
  public int hashCode() {
    return value.toLowerCase(Locale.ROOT).hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  /** The colon of a port is the only one outside brackets; more of them make a bare address. */
  private int hostLength() {
    int bracket = value.startsWith("[") ? value.indexOf(']') : 0;
    int colon = value.indexOf(':', Math.max(bracket, 0));
    return colon < 0 || value.indexOf(':', colon + 1) >= 0 ? value.length() : colon;
  }
}
