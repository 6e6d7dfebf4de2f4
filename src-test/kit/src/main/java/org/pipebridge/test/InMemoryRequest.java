package org.pipebridge.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.RequestLine;

/**
 * A request to an {@link InMemoryServer}, put together step by step; headers are sent as they are.
 *
 * @since 0.1
 */
public final class InMemoryRequest {

  private final InMemoryServer server;
  private final String method;
  private final String target;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<Map.Entry<String, String>> trailers = new ArrayList<>();
  private final MemoryContent content = new MemoryContent();
  private String protocol = "HTTP/1.1";
  private Consumer<? super HttpContext> preparation = context -> {};
  private boolean open;

  InMemoryRequest(InMemoryServer server, String method, String target) {
    this.server = server;
    this.method = Objects.requireNonNull(method, "method");
    this.target = Objects.requireNonNull(target, "target");
  }

  /**
   * Sets the protocol version.
   *
   * @param protocol such as HTTP/1.0; HTTP/1.1 unless set
   * @return this
   */
  public InMemoryRequest protocol(String protocol) {
    this.protocol = Objects.requireNonNull(protocol, "protocol");
    return this;
  }

  /**
   * Adds a header line.
   *
   * @param name the field's name
   * @param value the field's value
   * @return this
   */
  public InMemoryRequest header(String name, String value) {
    headers.add(
        Map.entry(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
    return this;
  }

  /**
   * Sets the content and adds Content-Length.
   *
   * @param text the content, sent as UTF-8
   * @return this
   */
  public InMemoryRequest content(String text) {
    return content(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets the content and adds Content-Length.
   *
   * @param bytes the content
   * @return this
   */
  public InMemoryRequest content(byte[] bytes) {
    content.add(bytes);
    content.end();
    return header("Content-Length", Integer.toString(bytes.length));
  }

  /**
   * Lets the content come later, by {@link InMemoryExchange#write} and {@link
   * InMemoryExchange#end}. Its length is open unless a Content-Length header is added.
   *
   * @return this
   */
  public InMemoryRequest openContent() {
    open = true;
    return this;
  }

  /**
   * Adds a trailer, which the application can read when it has read the content to its end; only
   * content of an open length has trailers.
   *
   * @param name the field's name
   * @param value the field's value
   * @return this
   */
  public InMemoryRequest trailer(String name, String value) {
    trailers.add(
        Map.entry(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
    return this;
  }

  /**
   * Sets what is done with the context before the application gets it: setting features, items or a
   * user, and registering callbacks that look at what the application did.
   *
   * @param preparation what to do
   * @return this
   */
  public InMemoryRequest prepare(Consumer<? super HttpContext> preparation) {
    this.preparation = Objects.requireNonNull(preparation, "preparation");
    return this;
  }

  /**
   * Sends the request and waits for the whole response.
   *
   * @return the response
   */
  public InMemoryResponse send() {
    return begin().response();
  }

  /**
   * Sends the request and does not wait.
   *
   * @return the exchange under way
   */
  public InMemoryExchange begin() {
    if (!open && !asksForUpgrade()) {
      content.end();
    }
    return server.begin(this);
  }

  /** Whether the client goes on sending, should it be let. */
  private boolean asksForUpgrade() {
    return headers.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(HeaderNames.CONNECTION))
        .anyMatch(line -> line.getValue().toLowerCase(Locale.ROOT).contains("upgrade"));
  }

  void prepare(FeatureCollection features) {
    preparation.accept(new HttpContext(features));
  }

  RequestLine line(Runnable check) {
    ReceivedHeaders received = new ReceivedHeaders(check);
    headers.forEach(line -> received.receive(line.getKey(), line.getValue()));
    return new RequestLine(protocol, method, target, received, check);
  }

  MemoryContent content() {
    return content;
  }

  /** The length declared; -1 if it is open, 0 without content. */
  long contentLength() {
    String length = header("Content-Length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return open ? -1 : 0;
  }

  List<Map.Entry<String, String>> trailers() {
    return trailers;
  }

  String protocol() {
    return protocol;
  }

  /** The value of a header, or null. */
  @Nullable String header(String name) {
    for (Map.Entry<String, String> line : headers) {
      if (line.getKey().equalsIgnoreCase(name)) {
        return line.getValue();
      }
    }
    return null;
  }

  String method() {
    return method;
  }
}
