package org.pipebridge.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** An asynchronous request that nobody waits for. */
final class LightAsync implements AsyncContext {

  @Override
  public void setTimeout(long timeout) {}

  @Override
  public long getTimeout() {
    return 0;
  }

  @Override
  public void addListener(AsyncListener listener) {}

  @Override
  public void complete() {}

  @Override
  public ServletRequest getRequest() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServletResponse getResponse() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return true;
  }

  @Override
  public void dispatch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start(Runnable run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
