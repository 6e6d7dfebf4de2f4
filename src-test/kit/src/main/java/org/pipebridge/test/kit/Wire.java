package org.pipebridge.test.kit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A socket with deadlines that keeps a transcript of what went over it. */
final class Wire implements Closeable {

  private static final int SILENCE_MILLIS = 300;
  private static final int TRANSCRIPT_LIMIT = 4_000;

  /** What the connection is made of, below TLS if that is spoken. */
  private final Socket transport = new Socket();

  private final int patienceMillis;
  private final Socket socket;
  private final PushbackInputStream in;
  private final StringBuffer transcript = new StringBuffer();
  private boolean ended;
  private boolean reset;

  Wire(InetSocketAddress address, @Nullable SSLContext tls, Duration patience) {
    patienceMillis = (int) patience.toMillis();
    try {
      transport.connect(address, patienceMillis);
      transport.setTcpNoDelay(true);
      socket = tls == null ? transport : speak(tls, address);
      in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + address, e);
    }
  }

  private Socket speak(SSLContext tls, InetSocketAddress address) throws IOException {
    String host = address.getHostString();
    Socket secure = tls.getSocketFactory().createSocket(transport, host, address.getPort(), true);
    secure.setSoTimeout(patienceMillis);
    ((SSLSocket) secure).startHandshake();
    return secure;
  }

  void write(byte[] bytes) {
    note("\n> ", bytes, bytes.length);
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      note("\n! ", "write failed: " + e.getMessage());
    }
  }

  /** One byte, or -1 at the end of the connection or after a reset. */
  int read() {
    return read(patienceMillis);
  }

  private int read(int millis) {
    try {
      socket.setSoTimeout(millis);
      int b = in.read();
      if (b < 0) {
        ended = true;
        note("\n! ", "end");
      } else {
        note("", new byte[] {(byte) b}, 1);
      }
      return b;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came within " + millis + " ms", e);
    } catch (SocketException | EOFException | SSLException e) { // TLS must not just end
      note("\n! ", "reset: " + e.getMessage());
      ended = true;
      reset = true;
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether another byte comes before the end; it is left to be read. */
  boolean hasMore() {
    int b = read();
    if (b >= 0) {
      unread(b);
    }
    return b >= 0;
  }

  private void unread(int b) {
    try {
      in.unread(b);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As many bytes as there are, at most those asked for; -1 as {@link #read()}. */
  int read(byte[] into, int offset, int count) {
    int first = read();
    if (first < 0) {
      return -1;
    }
    into[offset] = (byte) first;
    try {
      int more = Math.min(in.available(), count - 1);
      int got = more > 0 ? in.read(into, offset + 1, more) : 0;
      note("", Arrays.copyOfRange(into, offset + 1, offset + 1 + got), got);
      return 1 + got;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the end of the connection was met. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the connection ended by a reset, not by an orderly close. */
  boolean wasReset() {
    return reset;
  }

  boolean isSilent() {
    try {
      socket.setSoTimeout(SILENCE_MILLIS);
      int b = in.read();
      if (b >= 0) {
        in.unread(b);
      }
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int localPort() {
    return socket.getLocalPort();
  }

  void halfClose() {
    note("\n! ", "half-closed by the client");
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void resetByClient() {
    note("\n! ", "reset by the client");
    try {
      transport.setSoLinger(true, 0);
      transport.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String transcript() {
    return transcript.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(String prefix, String text) {
    note(prefix, text.getBytes(StandardCharsets.UTF_8), text.length());
  }

  private void note(String prefix, byte[] bytes, int count) {
    if (transcript.length() < TRANSCRIPT_LIMIT) {
      int shown = Math.min(count, TRANSCRIPT_LIMIT);
      transcript.append(prefix).append(new String(bytes, 0, shown, StandardCharsets.ISO_8859_1));
    }
  }
}
