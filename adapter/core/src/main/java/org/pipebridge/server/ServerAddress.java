package org.pipebridge.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that a server is to listen on, or listens on: {@code scheme://host[:port]} (S24).
 *
 * <p>"localhost" means the loopback addresses of both families, an IP literal means itself, and any
 * other name, "*" and "+" mean all interfaces (S25). ASP.NET Core: {@code BindingAddress}.
 *
 * @param scheme "http" or "https"
 * @param host as written: a name, "*", "+", an IPv4 literal, or an IPv6 literal in brackets
 * @param port 0 to 65535; 0 lets the system choose
 * @since 0.1
 */
public record ServerAddress(String scheme, String host, int port) {

  /** Where a server listens when nobody said anything: {@code http://localhost:5000} (S20). */
  public static final ServerAddress DEFAULT = new ServerAddress("http", "localhost", 5000);

  private static final Pattern PARTS =
      Pattern.compile("([^:/?#]*)://(\\[[^]/?#]*]|[^\\[\\]:/?#]*)(:[^/?#]*)?(.*)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[*+]|[^\\s\\p{Cntrl}@%*+]+");
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  /**
   * Creates an address of parts that are known to be right; {@link #parse} checks a text.
   *
   * @param scheme "http" or "https"
   * @param host the host
   * @param port the port
   * @throws IllegalArgumentException if the port is out of range
   */
  public ServerAddress {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be in 0..65535, but is " + port);
    }
  }

  /**
   * Reads an address. A final "/" is dropped; no port means 80 or 443.
   *
   * @param text for example {@code http://127.0.0.1:0}
   * @return the address
   * @throws IllegalArgumentException if the text is no such address, naming it and what is wrong
   */
  public static ServerAddress parse(String text) {
    Matcher parts = PARTS.matcher(Objects.requireNonNull(text, "text").strip());
    if (!parts.matches()) {
      throw bad(text, "expected scheme://host[:port]");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad(text, "the scheme must be http or https");
    }
    if (!parts.group(4).isEmpty() && !parts.group(4).equals("/")) {
      throw bad(text, "it must not have a path; to mount an application, use PathBaseMiddleware");
    }
    String host = parts.group(2);
    if (!isHost(host)) {
      throw bad(text, host.isEmpty() ? "the host is missing" : "the host is malformed");
    }
    var address = new ServerAddress(scheme, host, port(text, scheme, parts.group(3)));
    if (address.isLocalhost() && address.port == 0) {
      throw bad(
          text,
          "localhost stands for two addresses, which cannot share a port chosen by"
              + " the system; use 127.0.0.1:0 or [::1]:0");
    }
    return address;
  }

  /**
   * Tells whether this address stands for the loopback addresses of both families.
   *
   * @return whether the host is "localhost"
   */
  public boolean isLocalhost() {
    return host.equalsIgnoreCase("localhost");
  }

  /**
   * Returns the one interface address to bind.
   *
   * @return the address of an IP literal, without a look-up; null if the host is a name, "*" or "+"
   */
  public @Nullable InetAddress literal() {
    if (!host.startsWith("[") && !DIGITS_AND_DOTS.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP literal: " + host, e);
    }
  }

  /**
   * Returns the address as text.
   *
   * @return {@code scheme://host:port}, the port always included
   */
  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return isIpv6(host);
    }
    return DIGITS_AND_DOTS.matcher(host).matches()
        ? IPV4.matcher(host).matches()
        : NAME.matcher(host).matches();
  }

  private static boolean isIpv6(String bracketed) {
    try {
      return bracketed.contains(":") && InetAddress.getByName(bracketed) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static int port(String text, String scheme, @Nullable String suffix) {
    if (suffix == null) {
      return scheme.equals("http") ? 80 : 443;
    }
    String digits = suffix.substring(1);
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
      throw bad(text, "the port must be a number up to 65535");
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("malformed address '" + text + "': " + why);
  }
}
