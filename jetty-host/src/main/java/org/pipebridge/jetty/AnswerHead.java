package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head of a response, as Jetty has written it, what the contract says: its reason phrase
 * (R29, F45), and the framing of an answer to a HEAD (R32).
 */
final class AnswerHead {

  private static final ByteBuffer CHUNKED =
      ByteBuffer.wrap("Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII));
  private static final ByteBuffer VERSION_AND_SPACE =
      ByteBuffer.wrap("HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII));
  private static final int STATUS = VERSION_AND_SPACE.remaining();
  private static final int STATUS_DIGITS = 3;
  private static final int PHRASE = "HTTP/1.1 299 ".length();

  private AnswerHead() {}

  /**
   * Tells whether another head comes for the same request: this is the head of an interim response,
   * any of 1xx but 101.
   *
   * @param buffer what Jetty sends first
   */
  static boolean isInterim(ByteBuffer buffer) {
    int status = buffer.position() + STATUS;
    return isHead(buffer)
        && buffer.get(status) == '1'
        && buffer.get(status + STATUS_DIGITS - 1) != '1';
  }

  /**
   * Amends a final head.
   *
   * @param buffers what Jetty sends next
   * @param headWanted whether this answers a HEAD
   * @param phrase the reason phrase, null for the standard one
   * @return what to send in place of it; the buffer of the head is then used up
   */
  static ByteBuffer[] amend(ByteBuffer[] buffers, boolean headWanted, @Nullable String phrase) {
    ByteBuffer head = buffers[0];
    if (!isHead(head) || head.get(head.position() + STATUS) == '1') {
      return buffers;
    }
    if (headWanted) {
      int line = find(head, CHUNKED);
      if (line >= 0) {
        remove(head, line, CHUNKED.remaining());
      }
    }
    return withPhrase(buffers, phrase == null ? ReasonPhrases.of(status(head)) : phrase);
  }

  private static boolean isHead(ByteBuffer buffer) {
    int start = buffer.position();
    return buffer.remaining() > PHRASE && buffer.slice(start, STATUS).equals(VERSION_AND_SPACE);
  }

  private static int status(ByteBuffer head) {
    int status = 0;
    for (int i = 0; i < STATUS_DIGITS; i++) {
      status = 10 * status + head.get(head.position() + STATUS + i) - '0';
    }
    return status;
  }

  /** Jetty has no phrase for some, repeats a status it does not know, and has its own for 500. */
  private static ByteBuffer[] withPhrase(ByteBuffer[] buffers, String phrase) {
    ByteBuffer head = buffers[0];
    int from = head.position() + PHRASE;
    int to = from;
    while (head.get(to) != '\r') {
      to++;
    }
    if (matches(head, from, to, phrase)) {
      return buffers;
    }
    ByteBuffer[] amended = new ByteBuffer[buffers.length + 2];
    amended[0] = head.slice(head.position(), PHRASE);
    amended[1] = ByteBuffer.wrap(phrase.getBytes(StandardCharsets.US_ASCII));
    amended[2] = head.slice(to, head.limit() - to);
    System.arraycopy(buffers, 1, amended, 3, buffers.length - 1);
    head.position(head.limit());
    return amended;
  }

  private static boolean matches(ByteBuffer buffer, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (buffer.get(from + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int find(ByteBuffer buffer, ByteBuffer line) {
    for (int i = buffer.position(); i + line.remaining() <= buffer.limit(); i++) {
      if (buffer.slice(i, line.remaining()).equals(line)) {
        return i;
      }
    }
    return -1;
  }

  /** Removes bytes by moving those before them. */
  private static void remove(ByteBuffer buffer, int at, int count) {
    for (int i = at - 1; i >= buffer.position(); i--) {
      buffer.put(i + count, buffer.get(i));
    }
    buffer.position(buffer.position() + count);
  }
}
