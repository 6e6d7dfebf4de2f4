package org.pipebridge.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.feature.WebSocket.Binary;
import org.pipebridge.feature.WebSocket.Close;
import org.pipebridge.feature.WebSocket.Message;
import org.pipebridge.feature.WebSocket.Text;
import org.pipebridge.internal.Stages;

/** What is made of the frames of a client, right and wrong ones (U12 to U15). */
final class SessionTest {

  private static final int LIMIT = 70_000;

  /** How large the pieces are in which bytes come in. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8192})
  void u12_messagesAreWholeHoweverTheirBytesCome(int pieceBytes) {
    ClientFrames frames =
        new ClientFrames()
            .frame(0x81, "")
            .frame(0x81, "grüße")
            .frame(0x01, "a")
            .frame(0x89, "x")
            .frame(0x00, "b")
            .frame(0x8a, "nobody asked")
            .frame(0x80, "c")
            .frame(0x82, new byte[125])
            .frame(0x82, new byte[126])
            .frame(0x82, new byte[65_535])
            .frame(0x82, new byte[65_536])
            .frame(0x88, "");
    ClientStream stream = new ClientStream(frames.toBytes(), pieceBytes);
    assertThat(receiveAll(stream))
        .containsExactly(
            new Text(""),
            new Text("grüße"),
            new Text("abc"),
            new Binary(ByteBuffer.allocate(125)),
            new Binary(ByteBuffer.allocate(126)),
            new Binary(ByteBuffer.allocate(65_535)),
            new Binary(ByteBuffer.allocate(65_536)),
            new Close(1005, ""));
    assertThat(stream.sent()).isEqualTo("8a0178" + "8800");
  }

  private record Fault(String name, int code, Consumer<ClientFrames> frames) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("no mask", 1002, f -> f.raw(0x81, 0x01, 'a')),
        new Fault("reserved bit 1", 1002, f -> f.frame(0xc1, "a")),
        new Fault("reserved bit 2", 1002, f -> f.frame(0xa1, "a")),
        new Fault("reserved bit 3", 1002, f -> f.frame(0x91, "a")),
        new Fault("opcode 3", 1002, f -> f.frame(0x83, "a")),
        new Fault("opcode 7", 1002, f -> f.frame(0x87, "a")),
        new Fault("opcode 11", 1002, f -> f.frame(0x8b, "a")),
        new Fault("fragmented ping", 1002, f -> f.frame(0x09, "a")),
        new Fault("long ping", 1002, f -> f.frame(0x89, new byte[126])),
        new Fault("fragmented close", 1002, f -> f.frame(0x08, "")),
        new Fault("continuation of nothing", 1002, f -> f.frame(0x80, "a")),
        new Fault("text in a text", 1002, f -> f.frame(0x01, "a").frame(0x81, "b")),
        new Fault("binary in a text", 1002, f -> f.frame(0x01, "a").frame(0x02, "b")),
        new Fault("long form of 125", 1002, f -> f.raw(0x82, 0xfe, 0, 125).mask()),
        new Fault(
            "longest form of 65535",
            1002,
            f -> f.raw(0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff).mask()),
        new Fault(
            "negative length", 1002, f -> f.raw(0x82, 0xff, 0x80, 0, 0, 0, 0, 1, 0, 0).mask()),
        new Fault("close of one byte", 1002, f -> f.frame(0x88, "a")),
        new Fault("close with 999", 1002, f -> f.frame(0x88, new byte[] {3, (byte) 0xe7})),
        new Fault("close with 1004", 1002, f -> f.frame(0x88, new byte[] {3, (byte) 0xec})),
        new Fault("close with 1005", 1002, f -> f.frame(0x88, new byte[] {3, (byte) 0xed})),
        new Fault("close with 1006", 1002, f -> f.frame(0x88, new byte[] {3, (byte) 0xee})),
        new Fault("close with 1015", 1002, f -> f.frame(0x88, new byte[] {3, (byte) 0xf7})),
        new Fault("close with 2999", 1002, f -> f.frame(0x88, new byte[] {11, (byte) 0xb7})),
        new Fault("close with 5000", 1002, f -> f.frame(0x88, new byte[] {19, (byte) 0x88})),
        new Fault(
            "reason not UTF-8", 1007, f -> f.frame(0x88, new byte[] {3, (byte) 0xe8, (byte) 0xff})),
        new Fault("text not UTF-8", 1007, f -> f.frame(0x81, new byte[] {(byte) 0xc3, 0x28})),
        new Fault("overlong text", 1007, f -> f.frame(0x81, new byte[] {(byte) 0xc0, (byte) 0xaf})),
        new Fault(
            "surrogate in text",
            1007,
            f -> f.frame(0x81, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})),
        new Fault(
            "text cut in a character",
            1007,
            f -> f.frame(0x01, "a").frame(0x80, new byte[] {(byte) 0xe2, (byte) 0x98})),
        new Fault("one byte too many", 1009, f -> f.frame(0x82, new byte[LIMIT + 1])),
        new Fault(
            "one byte too many in fragments",
            1009,
            f -> f.frame(0x02, new byte[LIMIT]).frame(0x00, new byte[0]).frame(0x80, "a")),
        new Fault(
            "a length of 2^62, and nothing behind it",
            1009,
            f -> f.raw(0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0).mask()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void u13_aFaultIsAnsweredWithItsCode(Fault fault) {
    ClientFrames frames = new ClientFrames();
    fault.frames().accept(frames);
    ClientStream stream = new ClientStream(frames.toBytes(), 5);
    Session session = session(stream);
    assertThat(failureOf(session.receive())).isInstanceOf(BadHttpRequestException.class);
    assertThat(stream.sent()).isEqualTo("8802%04x".formatted(fault.code()));
    assertThat(failureOf(session.receive())).isInstanceOf(IllegalStateException.class);
    assertThat(failureOf(session.send(new Text("late")))).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9})
  void u14_aConnectionThatEndsAnywhereIsLost(int bytes) {
    byte[] whole = new ClientFrames().frame(0x01, "abcd").toBytes();
    Session session = session(new ClientStream(Arrays.copyOf(whole, bytes), 3));
    assertThat(failureOf(session.receive())).isInstanceOf(RequestAbortedException.class);
  }

  @Test
  void u14_aCloseIsAnsweredOnceWithItsCodeAndNothingFollows() {
    byte[] close = {0x0f, (byte) 0xa1, 'b', 'y', 'e'};
    ClientStream stream = new ClientStream(new ClientFrames().frame(0x88, close).toBytes(), 100);
    Session session = session(stream);
    assertThat(session.receive()).isCompletedWithValue(new Close(4001, "bye"));
    assertThat(session.close(1000, "")).isCompleted();
    assertThat(stream.sent()).isEqualTo("88050fa1627965");
    assertThat(failureOf(session.receive())).isInstanceOf(IllegalStateException.class);
    assertThat(failureOf(session.ping(ByteBuffer.allocate(1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void u12_whatCannotBeSentIsRefused() {
    Session session = session(new ClientStream(new byte[0], 1));
    assertThatThrownBy(() -> session.close(1005, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.close(1000, "x".repeat(124)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.ping(ByteBuffer.allocate(126)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void u12_oneSendAndOnePingAtATime() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Session session = session(new ClientStream(new byte[0], 1).holdingUp(written));
    CompletionStage<Void> send = session.send(new Text("a"));
    CompletionStage<Void> ping = session.ping(ByteBuffer.allocate(1));
    assertThat(failureOf(session.send(new Text("b")))).isInstanceOf(IllegalStateException.class);
    assertThat(failureOf(session.ping(ByteBuffer.allocate(1))))
        .isInstanceOf(IllegalStateException.class);
    written.complete(null);
    assertThat(send).isCompleted();
    assertThat(ping).isCompleted();
    assertThat(session.ping(ByteBuffer.allocate(1))).isCompleted();
  }

  /** Each is a frame that gives no message yet. */
  @ParameterizedTest
  @CsvSource({"0x8a, 0x81", "0x89, 0x81", "0x00, 0x80"})
  void b14_manyFramesBeforeAMessageDoNotGrowTheStack(int opcode, int last) {
    ClientFrames frames = new ClientFrames();
    if (opcode == 0) {
      frames.frame(0x01, "");
    }
    for (int i = 0; i < 20_000; i++) {
      frames.frame(opcode, "");
    }
    frames.frame(last, "a").frame(0x88, "");
    assertThat(receiveAll(new ClientStream(frames.toBytes(), 8192)))
        .containsExactly(new Text("a"), new Close(1005, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8200",
    "125, 827d",
    "126, 827e007e",
    "65535, 827effff",
    "65536, 827f0000000000010000"
  })
  void u12_lengthsAreSentInTheirShortestForm(int length, String head) {
    ClientStream stream = new ClientStream(new byte[0], 1);
    session(stream).send(new Binary(ByteBuffer.allocate(length)));
    assertThat(stream.sent()).isEqualTo(head + "00".repeat(length));
  }

  private static Session session(ClientStream stream) {
    return new Session(stream, LIMIT, () -> {});
  }

  private static List<Message> receiveAll(ClientStream stream) {
    Session session = session(stream);
    List<Message> all = new ArrayList<>();
    while (all.isEmpty() || !(all.get(all.size() - 1) instanceof Close)) {
      all.add(session.receive().toCompletableFuture().join());
    }
    return all;
  }

  private static Throwable failureOf(CompletionStage<?> stage) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    stage.whenComplete((value, thrown) -> failure.complete(thrown));
    return Stages.unwrap(failure.join());
  }
}
