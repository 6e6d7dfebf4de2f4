package org.pipebridge.test;

import java.io.IOException;
import java.util.Collection;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;
import org.pipebridge.server.exchange.Upgrading;

/** Passes everything on; what a fault overrides goes wrong. */
public class ForwardingTransport implements Transport {

  protected final Transport good;

  public ForwardingTransport(Transport good) {
    this.good = good;
  }

  @Override
  public <T> T feature(Class<T> type) {
    return good.feature(type);
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return good.featureTypes();
  }

  @Override
  public boolean hasTrailers() {
    return good.hasTrailers();
  }

  @Override
  public void dropExtras() {
    good.dropExtras();
  }

  @Override
  public boolean isHead() {
    return good.isHead();
  }

  @Override
  public boolean canHaveBody() {
    return good.canHaveBody();
  }

  @Override
  public long requestContentLength() {
    return good.requestContentLength();
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    return good.read(into, offset, count);
  }

  @Override
  public int available() throws IOException {
    return good.available();
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close)
      throws IOException {
    good.begin(status, headers, contentLength, close);
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    good.write(from, offset, count);
  }

  @Override
  public void flush() throws IOException {
    good.flush();
  }

  @Override
  public void end() throws IOException {
    good.end();
  }

  @Override
  public boolean isCommitted() {
    return good.isCommitted();
  }

  @Override
  public void reset() {
    good.reset();
  }

  @Override
  public void abort() {
    good.abort();
  }

  @Override
  public void suspend() {
    good.suspend();
  }

  @Override
  public void resume(Runnable step) {
    good.resume(step);
  }

  @Override
  public boolean isUpgradable() {
    return good.isUpgradable();
  }

  @Override
  public void upgrade(Upgrading upgrading) {
    good.upgrade(upgrading);
  }

  @Override
  public void finished(Outcome outcome) {
    good.finished(outcome);
  }
}
