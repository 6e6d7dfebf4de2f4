package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.test.kit.Answer.Framing;

@Timeout(30)
final class RawConnectionTest {

  private static final Request GET = Request.of("GET", "/");

  private ServerSocket listener;
  private RawConnection client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    client = new RawConnection((InetSocketAddress) listener.getLocalSocketAddress(), GET);
    server = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    listener.close();
  }

  private void answers(String bytes) throws IOException {
    server.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void contentEndsByItsLength() throws Exception {
    client.send(GET);
    answers("HTTP/1.1 201 Very Created\r\nContent-Length: 5\r\nX-A: 1\r\nx-a:2 \r\n\r\nhello");
    Answer answer = client.answer().hasStatus(201).hasText("hello");
    assertThat(answer.framing()).isEqualTo(Framing.LENGTH);
    assertThat(answer.head().reason()).isEqualTo("Very Created");
    assertThat(answer.head().values("X-A")).containsExactly("1", "2");
  }

  @Test
  void fewerBytesThanTheLengthAreBrokenOff() throws Exception {
    answers("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello");
    server.close();
    assertThat(client.answer().isKilled().text()).isEqualTo("hello");
  }

  @Test
  void chunksKeepTheirBoundaries() throws Exception {
    answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n");
    assertThat(client.content(5)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
    answers("7\r\n, world\r\n0\r\nX-T: 1\r\n\r\n");
    Answer answer = client.answer().hasText("hello, world");
    assertThat(answer.chunks()).containsExactly(5, 7);
    assertThat(answer.trailers()).containsExactly(new Field("X-T", "1"));
  }

  @Test
  void theEndOfAChunkMayComeWithTheNextOne() throws Exception {
    answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello");
    assertThat(client.content(5)).hasSize(5);
    answers("\r\n0\r\n\r\n");
    client.answer().hasText("hello");
  }

  @Test
  void chunksWithoutTheLastAreBrokenOff() throws Exception {
    answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    server.close();
    assertThat(client.answer().isKilled().text()).isEqualTo("hello");
  }

  @Test
  void aLastChunkWithoutItsEndIsBrokenOff() throws Exception {
    answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
    server.close();
    client.answer().isKilled();
  }

  @Test
  void contentWithoutALengthEndsWithTheConnection() throws Exception {
    answers("HTTP/1.1 200 OK\r\n\r\nhello");
    server.close();
    assertThat(client.answer().hasText("hello").framing()).isEqualTo(Framing.CLOSE);
    client.isClosed();
  }

  @Test
  void aResetBreaksContentWithoutALengthOff() throws Exception {
    answers("HTTP/1.1 200 OK\r\n\r\nhello");
    assertThat(client.content(5)).hasSize(5);
    server.setSoLinger(true, 0);
    server.close();
    client.answer().isKilled();
  }

  @Test
  void anAnswerToHeadHasNoContent() throws Exception {
    client.send(Request.of("HEAD", "/"));
    client.send(GET);
    answers("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    client.answer().hasText("").hasHeader("Content-Length", "5");
    client.answer().hasText("hi");
  }

  @Test
  void interimAnswersComeBeforeTheAnswer() throws Exception {
    answers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
    Answer answer = client.answer().hasStatus(204);
    assertThat(answer.interim()).extracting(Head::status).containsExactly(100);
  }

  @Test
  void aConnectionIsKeptIfItAnswersAgain() throws Exception {
    answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong");
    client.isKept();
    answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nping");
    assertThatExceptionOfType(AssertionError.class).isThrownBy(client::isKept);
  }

  @Test
  void aConnectionThatAnswersIsNotClosed() throws Exception {
    answers("H");
    assertThatExceptionOfType(AssertionError.class).isThrownBy(client::isClosed);
  }

  @Test
  void aByteEndsTheSilence() throws Exception {
    client.isSilent();
    answers("HTTP/1.1 204 \r\n\r\n");
    assertThatExceptionOfType(AssertionError.class).isThrownBy(client::isSilent);
    client.answer().hasStatus(204);
  }

  @Test
  void whatIsNoAnswerIsAFailure() throws Exception {
    answers("nonsense\r\n");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(client::answer)
        .withMessageContaining("nonsense");
    assertThat(client.seen()).contains("nonsense");
  }
}
