package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the heads that Jetty writes. */
final class AnswerHeadTest {

  private static final String REST = "\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n";

  @Test
  void r29_aStandardPhraseIsLeftAsItIs() {
    ByteBuffer[] buffers = {bytes("HTTP/1.1 200 OK" + REST), bytes("content")};
    assertThat(AnswerHead.amend(buffers, false, null)).isSameAs(buffers);
  }

  @Test
  void r29_jettysOwnPhraseIsReplacedByTheStandardOne() {
    assertThat(amended("HTTP/1.1 500 Server Error" + REST, null))
        .isEqualTo("HTTP/1.1 500 Internal Server Error" + REST + "content");
  }

  @Test
  void r29_anUnknownStatusHasAnEmptyPhrase() {
    assertThat(amended("HTTP/1.1 299 299" + REST, null))
        .isEqualTo("HTTP/1.1 299 " + REST + "content");
  }

  @Test
  void f45_anotherPhraseIsPutInAndTheHeadIsUsedUp() {
    ByteBuffer[] buffers = {bytes("HTTP/1.1 200 OK" + REST), bytes("content")};
    ByteBuffer[] amended = AnswerHead.amend(buffers, false, "Well Done");
    assertThat(text(amended)).isEqualTo("HTTP/1.1 200 Well Done" + REST + "content");
    assertThat(buffers[0].hasRemaining()).as("else Jetty would send it again").isFalse();
  }

  @Test
  void r32_anAnswerToAHeadIsNotFramed() {
    ByteBuffer[] buffers = {bytes("HTTP/1.1 404 Not Found" + REST)};
    assertThat(text(AnswerHead.amend(buffers, true, null)))
        .isEqualTo("HTTP/1.1 404 Not Found\r\nX: y\r\n\r\n");
  }

  @Test
  void interimHeadsAndContentAreLeftAlone() {
    for (String sent : new String[] {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1", "any content"}) {
      ByteBuffer[] buffers = {bytes(sent)};
      assertThat(AnswerHead.amend(buffers, true, "phrase")).isSameAs(buffers);
    }
    assertThat(AnswerHead.isInterim(bytes("HTTP/1.1 103 Early Hints\r\n\r\n"))).isTrue();
    assertThat(AnswerHead.isInterim(bytes("HTTP/1.1 101 Switching Protocols\r\n\r\n"))).isFalse();
    assertThat(AnswerHead.isInterim(bytes("any content"))).isFalse();
  }

  private static String amended(String head, @Nullable String phrase) {
    ByteBuffer[] buffers = {bytes(head), bytes("content")};
    return text(AnswerHead.amend(buffers, false, phrase));
  }

  private static ByteBuffer bytes(String text) {
    ByteBuffer buffer = ByteBuffer.wrap(("before" + text).getBytes(StandardCharsets.US_ASCII));
    return buffer.position("before".length()); // Jetty's buffers need not begin at 0
  }

  private static String text(ByteBuffer[] buffers) {
    StringBuilder text = new StringBuilder();
    for (ByteBuffer buffer : buffers) {
      text.append(StandardCharsets.US_ASCII.decode(buffer.duplicate()));
    }
    return text.toString();
  }
}
