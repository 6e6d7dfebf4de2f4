package org.pipebridge.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;
import org.pipebridge.server.exchange.Upgrading;

/** One request of HTTP/1 on a socket. */
final class PlainTransport implements Transport {

  private static final int BUFFER = 8192;

  private final Socket socket;
  private final HttpConnectionFeature connection;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private HttpRequestFeature request;
  private String method;
  private String protocol;
  private PlainBody body;
  private Exchange exchange;
  private StringBuilder head = new StringBuilder();
  private boolean keep;
  private boolean chunked;
  private boolean lengthKnown;
  private boolean contentAllowed;
  private boolean hasDate;
  private volatile boolean committed;
  private volatile Outcome outcome;

  PlainTransport(Socket socket) {
    this.socket = socket;
    this.connection = new MemoryConnectionFeature(0, this::checkAlive);
    connection.setConnectionId("plain-" + socket.getPort());
    connection.setRemoteAddress(socket.getInetAddress());
    connection.setLocalAddress(socket.getLocalAddress());
    connection.setRemotePort(socket.getPort());
    connection.setLocalPort(socket.getLocalPort());
  }

  void receive(HttpRequestFeature received, InputStream in) {
    request = received;
    method = received.method();
    protocol = received.protocol();
    body = new PlainBody(in, socket, received);
    String connection = received.headers().first("Connection");
    keep =
        protocol.equals("HTTP/1.0")
            ? "keep-alive".equalsIgnoreCase(connection)
            : !"close".equalsIgnoreCase(connection);
  }

  void checkAlive() {
    if (exchange != null) {
      exchange.checkAlive();
    }
  }

  void setExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  boolean awaitKept() throws IOException {
    try {
      finished.await();
    } catch (InterruptedException e) {
      return false;
    }
    if (outcome == Outcome.KILL) {
      socket.setSoLinger(true, 0);
    }
    return outcome == Outcome.SENT && keep && !exchange.isLastOnConnection() && body.drain();
  }

  @Override
  public <T> T feature(Class<T> type) {
    if (type == HttpRequestFeature.class) {
      return type.cast(request);
    }
    return type == HttpConnectionFeature.class ? type.cast(connection) : null;
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return List.of(HttpRequestFeature.class, HttpConnectionFeature.class);
  }

  @Override
  public boolean isHead() {
    return method.equals("HEAD");
  }

  @Override
  public boolean canHaveBody() {
    return body.canHaveBody();
  }

  @Override
  public long requestContentLength() {
    return body.length();
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    return body.read(into, offset, count);
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    keep &= !close;
    contentAllowed = status != 204 && status != 304 && !isHead();
    lengthKnown = contentLength >= 0 || !contentAllowed;
    head = new StringBuilder("HTTP/1.1 " + status + (status == 201 ? " Created" : " ") + "\r\n");
    hasDate = headers.contains("Date");
    for (int i = 0; i < headers.size(); i++) {
      if (headers.isSent(i)) {
        line(headers.name(i), headers.value(i));
        keep &= !headers.name(i).equalsIgnoreCase("Connection");
      }
    }
    if (contentLength >= 0) {
      line("Content-Length", Long.toString(contentLength));
    }
  }

  private void line(String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    buffer.write(from, offset, count);
    if (buffer.size() >= BUFFER) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    commit();
    send();
  }

  private void commit() throws IOException {
    if (committed) {
      return;
    }
    committed = true;
    boolean old = protocol.equals("HTTP/1.0");
    chunked = !lengthKnown && !old;
    keep &= lengthKnown || chunked;
    if (chunked) {
      line("Transfer-Encoding", "chunked");
    }
    if (!keep && !head.toString().contains("\r\nConnection: close")) {
      line("Connection", "close");
    } else if (keep && old) {
      line("Connection", "keep-alive");
    }
    if (!hasDate) {
      line("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
    head.append("\r\n");
    emit(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void send() throws IOException {
    byte[] bytes = buffer.toByteArray();
    buffer.reset();
    if (bytes.length == 0 || !contentAllowed) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (chunked) {
      out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(bytes);
    if (chunked) {
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    emit(out.toByteArray());
  }

  private void emit(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public void end() throws IOException {
    if (!committed && !lengthKnown) {
      line("Content-Length", Integer.toString(buffer.size()));
      lengthKnown = true;
    }
    flush();
    if (chunked) {
      emit("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void reset() {
    buffer.reset();
  }

  @Override
  public void abort() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void suspend() {}

  @Override
  public boolean isUpgradable() {
    return protocol.equals("HTTP/1.1");
  }

  @Override
  public void upgrade(Upgrading upgrading) {
    keep = false;
    try {
      line("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
      emit(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      upgrading.opened(
          new StreamChannel(body.raw(), socket.getOutputStream(), socket, PlainServer::begin),
          PlainServer::begin);
    } catch (IOException e) {
      upgrading.failed(e);
    }
  }

  @Override
  public void finished(Outcome outcome) {
    this.outcome = outcome;
    finished.countDown();
  }
}
