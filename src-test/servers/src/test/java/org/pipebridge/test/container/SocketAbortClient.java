package org.pipebridge.test.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Asks with HTTP/1.1 on a connection that it keeps as long as that is good. */
final class SocketAbortClient implements AbortClient {

  private static final int DEADLINE_MILLIS = 60_000;

  private final InetSocketAddress server;
  private final IntPredicate created;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;
  private long received;
  private Socket socket;
  private boolean suspect; // what was asked before may close the connection late

  SocketAbortClient(InetSocketAddress server, IntPredicate created) {
    this.server = server;
    this.created = created;
  }

  @Override
  public Seen ask(AbortPlan plan) throws IOException {
    connect();
    received = 0;
    try {
      return send(plan) ? receive(plan) : Seen.LEFT;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the answer to " + plan + " hangs", e);
    } catch (IOException e) {
      close();
      if (received == 0 && suspect && !created.test(plan.number())) {
        return Seen.LOST;
      } else if (plan.mayBreakOff()) {
        return Seen.BROKEN;
      }
      throw new AssertionError("after %d bytes breaks off %s".formatted(received, plan), e);
    }
  }

  private void connect() throws IOException {
    if (socket == null) {
      Socket fresh = new Socket();
      fresh.connect(server, DEADLINE_MILLIS);
      fresh.setSoTimeout(DEADLINE_MILLIS);
      fresh.setTcpNoDelay(true);
      socket = fresh;
      position = 0;
      limit = 0;
      suspect = false;
    }
  }

  /** Sends the request, or as much of it as the plan says, and leaves. */
  private boolean send(AbortPlan plan) throws IOException {
    OutputStream out = socket.getOutputStream();
    String length = plan.content() == 0 ? "" : "Content-Length: " + plan.content() + "\r\n";
    byte[] head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
            .formatted(plan.method(), plan.path(), length)
            .getBytes(StandardCharsets.US_ASCII);
    if (plan.leaving() == AbortPlan.Leaving.IN_HEAD) {
      out.write(head, 0, plan.where() % head.length);
      return leave(plan);
    }
    byte[] content = new byte[plan.content()];
    try {
      out.write(head);
      switch (plan.leaving()) {
        case BEFORE_CONTENT -> {
          AbortClient.awaitApplication(plan, created);
          return leave(plan);
        }
        case IN_CONTENT -> {
          out.write(content, 0, plan.where());
          AbortClient.awaitApplication(plan, created);
          return leave(plan);
        }
        default -> out.write(content);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return true; // the server has closed: what it has sent can perhaps be read
    }
    return true;
  }

  private boolean leave(AbortPlan plan) throws IOException {
    if (plan.reset()) {
      socket.setSoLinger(true, 0);
    }
    close();
    return false;
  }

  private Seen receive(AbortPlan plan) throws IOException {
    Head head = head();
    boolean partly = plan.leaving() == AbortPlan.Leaving.IN_ANSWER;
    long most = partly ? plan.where() : Long.MAX_VALUE;
    long length = head.chunked ? chunks(plan, most) : content(plan, 0, head.length, most);
    if (length == most) {
      leave(plan);
      return Seen.LEFT;
    }
    Seen seen = AbortClient.judge(plan, head.status, head.number, length);
    if (position < limit) {
      throw new AssertionError((limit - position) + " bytes after the answer to " + plan);
    }
    boolean left = plan.leaving() == AbortPlan.Leaving.AFTER_ANSWER;
    if (left) {
      leave(plan);
    } else if (head.closes) {
      close();
    }
    suspect =
        seen == Seen.ERROR
            || plan.act() == AbortPlan.Act.ABORT_FROM_ELSEWHERE
            || plan.taken() < plan.content();
    return seen;
  }

  /** What matters of a head. */
  private static final class Head {
    private int status;
    private long length = -1;
    private boolean chunked;
    private boolean closes;
    private String number;

    void take(String line) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        case "x-number" -> number = value;
        default -> {}
      }
    }
  }

  private Head head() throws IOException {
    Head head = new Head();
    String first = line();
    if (!first.matches("HTTP/1\\.1 \\d{3}.*")) {
      throw new AssertionError("no answer begins with \"" + first + '"');
    }
    head.status = Integer.parseInt(first, 9, 12, 10);
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.take(line);
    }
    if (!head.chunked && head.length < 0) {
      throw new EOFException("neither length nor chunks, as of a message that is to be broken");
    }
    return head;
  }

  /** Reads chunks until they end or there is enough. */
  private long chunks(AbortPlan plan, long most) throws IOException {
    long at = 0;
    while (true) {
      int size = Integer.parseInt(line(), 16);
      if (size == 0) {
        if (!line().isEmpty()) {
          throw new AssertionError("something follows the last chunk of " + plan);
        }
        return at;
      }
      at += content(plan, at, size, most - at);
      if (at == most) {
        return at;
      }
      if (!line().isEmpty()) {
        throw new AssertionError("something follows a chunk of " + plan);
      }
    }
  }

  /** Reads content, and checks it; returns how much. */
  private long content(AbortPlan plan, long from, long count, long most) throws IOException {
    long wanted = Math.min(count, most);
    for (long left = wanted; left > 0; ) {
      fill();
      int some = (int) Math.min(left, limit - position);
      AbortClient.check(plan, from + wanted - left, buffer, position, some);
      position += some;
      left -= some;
    }
    return wanted;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      fill();
      char c = (char) (buffer[position++] & 0xff);
      if (c == '\n') {
        line.setLength(Math.max(line.length() - 1, 0));
        return line.toString();
      }
      line.append(c);
    }
  }

  /** Has at least a byte in the buffer. */
  private void fill() throws IOException {
    if (position == limit) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new EOFException("closed");
      }
      position = 0;
      limit = count;
      received += count;
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new AssertionError("a socket that cannot be closed", e);
      }
      socket = null;
    }
  }
}
