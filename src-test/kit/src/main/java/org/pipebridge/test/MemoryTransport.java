package org.pipebridge.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;
import org.pipebridge.server.exchange.Upgrading;

/** Carries one request and its response in memory. */
final class MemoryTransport implements Transport {

  private static final int BUFFER_SIZE = 8192;

  private final InMemoryRequest sent;
  private final Executor executor;
  private final HttpRequestFeature request;
  private final HttpConnectionFeature connection;
  private final MemoryContent content;
  private final MemoryPipe pipe = new MemoryPipe();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private @Nullable Exchange exchange;
  private @Nullable MemoryTrailers trailers;
  private @Nullable MemoryHints hints;
  private HeaderMap head = new HeaderMap();
  private int status;
  private boolean lengthOpen;
  private volatile boolean committed;
  private volatile boolean closes;

  MemoryTransport(InMemoryRequest sent, int number, Executor executor) {
    this.sent = sent;
    this.executor = executor;
    this.content = sent.content();
    this.request = sent.line(this::checkAlive);
    this.connection = new MemoryConnectionFeature(number, this::checkAlive);
  }

  void setExchange(Exchange exchange) {
    this.exchange = exchange;
    this.trailers = new MemoryTrailers(sent, exchange);
    this.hints = request.protocol().equals("HTTP/1.0") ? null : new MemoryHints(exchange);
  }

  private void checkAlive() {
    if (exchange != null) {
      exchange.checkAlive();
    }
  }

  MemoryPipe pipe() {
    return pipe;
  }

  /** The early hints that have been sent. */
  List<Headers> hints() {
    return hints == null ? List.of() : hints.sent();
  }

  MemoryContent content() {
    return content;
  }

  /** Whether the connection, if there were one, would be closed after this response. */
  boolean closes() {
    return closes;
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    if (type == HttpRequestFeature.class) {
      return type.cast(request);
    }
    if (type == HttpConnectionFeature.class) {
      return type.cast(connection);
    }
    if (type == HttpEarlyHintsFeature.class) {
      return type.cast(hints);
    }
    return trailers == null ? null : trailers.find(type);
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return List.of(
        HttpRequestFeature.class,
        HttpConnectionFeature.class,
        HttpEarlyHintsFeature.class,
        HttpRequestTrailersFeature.class,
        HttpResponseTrailersFeature.class);
  }

  @Override
  public boolean isHead() {
    return sent.method().equals("HEAD");
  }

  @Override
  public boolean canHaveBody() {
    return sent.contentLength() != 0;
  }

  @Override
  public long requestContentLength() {
    long length = sent.contentLength();
    return length == 0 ? -1 : length;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    return content.read(into, offset, count);
  }

  @Override
  public int available() {
    return content.available();
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    this.status = status;
    head = new HeaderMap();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.isSent(i)) {
        head.add(headers.name(i), headers.value(i));
      }
    }
    if (trailers != null) {
      trailers.begin(status, headers, contentLength);
    }
    lengthOpen = contentLength < 0 && status != 204 && status != 304 && !isHead();
    if (contentLength >= 0) {
      head.setContentLength(contentLength);
    }
    if (close && !head.contains("Connection")) {
      head.set("Connection", "close");
    }
  }

  @Override
  public boolean hasTrailers() {
    return trailers != null && trailers.areGiven();
  }

  @Override
  public void dropExtras() {
    if (trailers != null) {
      trailers.drop();
    }
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    buffer.write(from, offset, count);
    if (buffer.size() >= BUFFER_SIZE) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    commit();
    if (buffer.size() > 0 || pipe.isBroken()) {
      pipe.write(buffer.toByteArray());
      buffer.reset();
    }
  }

  private void commit() {
    if (!committed) {
      committed = true;
      if (!head.contains("Date")) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        head.set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now));
      }
      pipe.start(new ResponseStart(status, head));
    }
  }

  @Override
  public void end() throws IOException {
    HeaderMap last = trailers == null ? new HeaderMap() : trailers.sent();
    if (!committed && lengthOpen && last.names().isEmpty()) {
      head.setContentLength(buffer.size());
    }
    flush();
    pipe.end(last);
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
    content.abort();
    pipe.breakOff();
  }

  @Override
  public void suspend() {}

  @Override
  public boolean isUpgradable() {
    return request.protocol().equals("HTTP/1.1");
  }

  @Override
  public void upgrade(Upgrading upgrading) {
    commit();
    upgrading.opened(
        new StreamChannel(content.asStream(), pipe.asStream(), this::endUpgraded, executor),
        executor);
  }

  private void endUpgraded() {
    pipe.end(new HeaderMap());
    content.abort();
  }

  @Override
  public void finished(Outcome outcome) {
    boolean last = exchange != null && exchange.isLastOnConnection();
    closes = last || outcome != Outcome.SENT || "close".equals(closeHeader());
    if (outcome == Outcome.KILL) {
      pipe.breakOff();
    }
    pipe.finish();
  }

  private @Nullable String closeHeader() {
    return head.first("Connection");
  }
}
