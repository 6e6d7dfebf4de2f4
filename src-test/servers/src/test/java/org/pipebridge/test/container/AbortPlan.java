package org.pipebridge.test.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What both sides do with one request of {@link AbortRunTest}; the path tells the application.
 *
 * @param number tells requests apart
 * @param content length of the request's content; 0: it has none
 * @param taken how much of it the application reads before it answers
 * @param pieces how many writes the answer has
 * @param size bytes of each
 * @param where how far the client is when it leaves: bytes of the part of the message
 * @param reset whether it leaves with a reset instead of a close
 * @param waits whether it leaves only when the application has the request
 */
record AbortPlan(
    int number,
    Mode mode,
    Act act,
    int content,
    int taken,
    int pieces,
    int size,
    Leaving leaving,
    int where,
    boolean reset,
    boolean waits) {

  /** How the application reads and writes. */
  enum Mode {
    /** On the container's thread. */
    BLOCKING,
    /** With blocking operations on a thread of its own. */
    ELSEWHERE,
    /** By stages, as long as blocking is allowed. */
    STAGES,
    /** By stages, when blocking is not allowed. */
    NON_BLOCKING
  }

  /** What the application does. */
  enum Act {
    ANSWER,
    ABORT_FIRST,
    ABORT_AMID,
    ABORT_FROM_ELSEWHERE,
    THROW_FIRST,
    THROW_AMID,
    CANCEL
  }

  /** When the client leaves. */
  enum Leaving {
    NEVER,
    IN_HEAD,
    BEFORE_CONTENT,
    IN_CONTENT,
    IN_ANSWER,
    AFTER_ANSWER
  }

  private static final Mode[] MODES = Mode.values();
  private static final Act[] ACTS = Act.values();
  private static final Leaving[] LEAVINGS = Leaving.values();

  /** Half of the applications and half of the clients behave; now and then much is written. */
  static AbortPlan random(int number, SplittableRandom random) {
    int content = random.nextInt(3) == 0 ? random.nextInt(1, 20_000) : 0;
    int taken =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> random.nextInt(content + 1);
          default -> content;
        };
    int size = random.nextInt(32) == 0 ? 16_384 : random.nextInt(16, 512);
    Leaving leaving = random.nextBoolean() ? Leaving.NEVER : one(LEAVINGS, random);
    return new AbortPlan(
        number,
        one(MODES, random),
        random.nextBoolean() ? Act.ANSWER : one(ACTS, random),
        content,
        taken,
        random.nextInt(1, 17),
        size,
        leaving,
        leaving == Leaving.IN_CONTENT ? random.nextInt(content + 1) : random.nextInt(4 * size),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static <T> T one(T[] all, SplittableRandom random) {
    return all[random.nextInt(all.length)];
  }

  /** The path that {@link #of} reads. */
  String path() {
    return "/%d/%d/%d/%d/%d/%d"
        .formatted(number, mode.ordinal(), act.ordinal(), taken, pieces, size);
  }

  /** What the application must know. */
  static AbortPlan of(String path) {
    String[] parts = path.split("/");
    int[] values = new int[parts.length];
    for (int i = 1; i < parts.length; i++) {
      values[i] = Integer.parseInt(parts[i]);
    }
    return new AbortPlan(
        values[1],
        MODES[values[2]],
        ACTS[values[3]],
        0,
        values[4],
        values[5],
        values[6],
        Leaving.NEVER,
        0,
        false,
        false);
  }

  /** The number of a path. */
  static int number(String path) {
    return Integer.parseInt(path, 1, path.indexOf('/', 1), 10);
  }

  String method() {
    return content == 0 ? "GET" : "POST";
  }

  long length() {
    return (long) pieces * size;
  }

  /** What the answer repeats. */
  byte[] line() {
    return (number + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** One write of the answer. */
  ByteBuffer piece(int index) {
    byte[] line = line();
    byte[] bytes = new byte[size];
    for (int i = 0, at = (int) ((long) index * size % line.length); i < size; i++, at++) {
      bytes[i] = line[at % line.length];
    }
    return ByteBuffer.wrap(bytes);
  }

  /** Whether the application may be the reason for an answer that breaks off. */
  boolean mayBreakOff() {
    return act != Act.ANSWER && act != Act.THROW_FIRST || taken < content;
  }

  /** Whether an answer can be whole, with its content. */
  boolean maySucceed() {
    return act == Act.ANSWER || act == Act.ABORT_FROM_ELSEWHERE;
  }

  /** Whether an answer can be an empty error. */
  boolean mayFail() {
    return act == Act.THROW_FIRST || act == Act.THROW_AMID || act == Act.CANCEL;
  }
}
