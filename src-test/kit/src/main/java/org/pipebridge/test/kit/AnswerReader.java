package org.pipebridge.test.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pipebridge.test.kit.Answer.Framing;

/** Reads one answer of HTTP/1 off a wire, piece by piece (RFC 9112, section 6.3). */
final class AnswerReader {

  private final Wire wire;
  private final List<Head> interim;
  private final Head head;
  private final Framing framing;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final List<Integer> chunks = new ArrayList<>();
  private final List<Field> trailers = new ArrayList<>();
  private final byte[] piece = new byte[8192];
  private long remaining;
  private int taken;
  private boolean inChunk;
  private boolean ended;
  private boolean killed;

  AnswerReader(Wire wire, Head head, String method, List<Head> interim) {
    this.wire = wire;
    this.head = head;
    this.interim = List.copyOf(interim);
    this.framing = framing(head, method);
    if (framing == Framing.LENGTH) {
      remaining = Long.parseLong(head.values("Content-Length").get(0));
    }
    ended = framing == Framing.NONE || (framing == Framing.LENGTH && remaining == 0);
  }

  /** Reads the next head, interim or not. */
  static Head readHead(Wire wire) {
    String line = readLine(wire);
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[1].matches("\\d{3}")) {
      throw new AssertionError("no status line but \"" + line + "\"");
    }
    List<Field> fields = readFields(wire);
    String reason = parts.length > 2 ? parts[2] : "";
    return new Head(parts[0], Integer.parseInt(parts[1]), reason, fields);
  }

  Head head() {
    return head;
  }

  byte[] content(int count) {
    while (body.size() < taken + count && fill()) {
      // until there is enough
    }
    int end = Math.min(body.size(), taken + count);
    byte[] bytes = Arrays.copyOfRange(body.toByteArray(), taken, end);
    taken = end;
    return bytes;
  }

  Answer answer() {
    while (fill()) {
      // until the end
    }
    return new Answer(head, body.toByteArray(), framing, chunks, trailers, killed, interim);
  }

  private static Framing framing(Head head, String method) {
    int status = head.status();
    if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
      return Framing.NONE;
    }
    List<String> codings = head.values("Transfer-Encoding");
    if (!codings.isEmpty() && codings.get(codings.size() - 1).endsWith("chunked")) {
      return Framing.CHUNKED;
    }
    return head.values("Content-Length").isEmpty() ? Framing.CLOSE : Framing.LENGTH;
  }

  private boolean fill() {
    if (!ended) {
      switch (framing) {
        case LENGTH -> fillLength();
        case CHUNKED -> fillChunked();
        case CLOSE -> fillUntilClose();
        case NONE -> ended = true;
      }
    }
    return !ended;
  }

  private void fillLength() {
    readPiece();
    ended |= remaining == 0;
  }

  private void fillChunked() {
    if (remaining > 0) {
      readPiece();
      return;
    }
    // some servers send the line end behind a chunk with what comes after it
    if (inChunk && !readLine(wire).isEmpty()) {
      throw new AssertionError("no line end behind a chunk");
    }
    inChunk = true;
    String line = readLine(wire);
    if (line.isEmpty()) {
      breakOff();
      return;
    }
    remaining = Long.parseLong(line.split(";", 2)[0].trim(), 16);
    if (remaining == 0) {
      trailers.addAll(readFields(wire));
      killed = wire.hasEnded();
      ended = true;
    } else {
      chunks.add((int) remaining);
    }
  }

  private void fillUntilClose() {
    int count = wire.read(piece, 0, piece.length);
    if (count < 0) {
      ended = true;
      killed = wire.wasReset();
    } else {
      body.write(piece, 0, count);
    }
  }

  private void readPiece() {
    int count = wire.read(piece, 0, (int) Math.min(remaining, piece.length));
    if (count < 0) {
      breakOff();
    } else {
      body.write(piece, 0, count);
      remaining -= count;
    }
  }

  private void breakOff() {
    killed = true;
    ended = true;
  }

  private static List<Field> readFields(Wire wire) {
    List<Field> fields = new ArrayList<>();
    for (String line = readLine(wire); !line.isEmpty(); line = readLine(wire)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new AssertionError("no header line but \"" + line + "\"");
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return fields;
  }

  /** A line without its end; "" also at the end of the connection. */
  private static String readLine(Wire wire) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = wire.read(); b >= 0 && b != '\n'; b = wire.read()) {
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
