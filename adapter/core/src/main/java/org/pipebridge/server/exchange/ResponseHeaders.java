package org.pipebridge.server.exchange;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.internal.Ascii;

/** The headers of a response: the application's until the start, then read-only (V6, V9). */
public final class ResponseHeaders extends HeaderMap {

  /** Fields of the connection or of the framing, which a proxying application may copy in. */
  private static final Set<String> OWNED_BY_SERVER =
      Set.of("transfer-encoding", "keep-alive", "proxy-connection", "upgrade", "http2-settings");

  private final ResponseHead head;

  ResponseHeaders(ResponseHead head) {
    this.head = head;
  }

  /**
   * Returns how many lines there are.
   *
   * @return the number
   */
  public int size() {
    return lineCount();
  }

  /**
   * Returns the name of a line.
   *
   * @param line its number, from 0
   * @return the name
   */
  public String name(int line) {
    return lineName(line);
  }

  /**
   * Returns the value of a line, without space or tab at its ends.
   *
   * @param line its number, from 0
   * @return the value
   */
  public String value(int line) {
    return lineValue(line).strip();
  }

  /**
   * Tells whether a line is sent: not one that the server owns (V9), nor Content-Length, which is
   * given as a number.
   *
   * @param line its number, from 0
   * @return whether a transport passes it on
   */
  public boolean isSent(int line) {
    String name = lineName(line);
    return switch (name.length()) {
      case 7, 10, 14, 16, 17 -> isSentAfterALook(name, line);
      default -> true;
    };
  }

  private boolean isSentAfterALook(String name, int line) {
    if (Ascii.equalsIgnoreCase(name, HeaderNames.CONTENT_LENGTH)) {
      return false;
    }
    if (head.isSwitching()
        && (Ascii.equalsIgnoreCase(name, HeaderNames.UPGRADE)
            || Ascii.equalsIgnoreCase(name, HeaderNames.CONNECTION))) {
      return true;
    }
    if (Ascii.equalsIgnoreCase(name, HeaderNames.CONNECTION)) {
      return Ascii.equalsIgnoreCase(value(line), "close");
    }
    return !isOwnedByServer(name);
  }

  /** Whether a field is always the server's own (V9). */
  static boolean isOwnedByServer(String name) {
    for (String owned : OWNED_BY_SERVER) {
      if (Ascii.equalsIgnoreCase(name, owned)) {
        return true;
      }
    }
    return false;
  }

  /** Returns Content-Length as a number, or -1 if the length is open. */
  long length() {
    return declaredLength();
  }

  /**
   * Returns the first name that is not sent because the server owns it.
   *
   * @return the name, or null if there is none
   */
  @Nullable String droppedName() {
    for (int line = 0; line < lineCount(); line++) {
      if (!isSent(line) && !Ascii.equalsIgnoreCase(lineName(line), HeaderNames.CONTENT_LENGTH)) {
        return lineName(line);
      }
    }
    return null;
  }

  @Override
  protected void beforeRead() {
    head.checkReadable();
  }

  @Override
  protected void beforeWrite() {
    head.checkWritable("headers");
  }

  @Override
  protected void check(String name, String value) {
    if (Ascii.equalsIgnoreCase(name, HeaderNames.CONTENT_LENGTH) && Ascii.parseDecimal(value) < 0) {
      throw new IllegalArgumentException(
          "Content-Length must be a decimal number of bytes, but is \"" + value + "\"");
    }
  }
}
