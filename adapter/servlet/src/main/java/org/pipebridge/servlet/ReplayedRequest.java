package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.KeptContent;

/**
 * The request that the application behind a pipeline sees when the pipeline has read buffered
 * content: the original, with the content from its first byte (W33).
 *
 * <p>The container cannot parse what it has given away already, so parameters and parts of a form
 * are made here. Closed when the application behind is done; if that is asynchronous, when its
 * request is complete.
 */
final class ReplayedRequest extends HttpServletRequestWrapper implements Closeable {

  private final KeptContent kept;
  private final ReplayedStream stream;
  private final ReplayedForm form;
  private @Nullable BufferedReader reader;
  private boolean streaming;
  private volatile boolean asynchronous;

  ReplayedRequest(HttpServletRequest request, KeptContent kept) throws IOException {
    super(request);
    this.kept = kept;
    this.stream = new ReplayedStream(request, kept, request.getInputStream());
    this.form = new ReplayedForm(request, kept, stream);
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() was called for this request");
    }
    streaming = true;
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (streaming) {
      throw new IllegalStateException("getInputStream() was called for this request");
    }
    if (reader == null) {
      String encoding = getCharacterEncoding();
      String charset = encoding == null ? StandardCharsets.ISO_8859_1.name() : encoding;
      reader = new BufferedReader(new InputStreamReader(stream, charset));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters();
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    return form.parts(!isTaken());
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    return getParts().stream().filter(part -> part.getName().equals(name)).findFirst().orElse(null);
  }

  private Map<String, String[]> parameters() {
    return form.parameters(!isTaken());
  }

  /** Whether the application reads the content itself, so that no form is made of it. */
  private boolean isTaken() {
    return streaming || reader != null;
  }

  @Override
  public AsyncContext startAsync() {
    return closingAtTheEnd(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return closingAtTheEnd(super.startAsync(request, response));
  }

  private AsyncContext closingAtTheEnd(AsyncContext context) {
    asynchronous = true;
    context.addListener(
        new AsyncListener() {
          @Override
          public void onComplete(AsyncEvent event) throws IOException {
            kept.close();
          }

          @Override
          public void onTimeout(AsyncEvent event) {}

          @Override
          public void onError(AsyncEvent event) {}

          @Override
          public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this); // the container has dropped its listeners
          }
        });
    return context;
  }

  @Override
  public void close() throws IOException {
    if (!asynchronous) {
      kept.close();
    }
  }
}
