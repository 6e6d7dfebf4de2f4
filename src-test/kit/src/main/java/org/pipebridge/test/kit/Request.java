package org.pipebridge.test.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request that a client sends: values as they go on the wire, nothing is checked or added. */
public final class Request {

  private final String method;
  private final String target;
  private final String version;
  private final List<Field> headers;
  private final byte[] body;
  private final byte[] content;
  private final List<Field> trailers;

  private Request(
      String method,
      String target,
      String version,
      List<Field> headers,
      byte[] body,
      byte[] content,
      List<Field> trailers) {
    this.method = method;
    this.target = target;
    this.version = version;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.content = content;
    this.trailers = List.copyOf(trailers);
  }

  /**
   * Makes a request of HTTP/1.1 without headers and without content.
   *
   * @param method the method
   * @param target the request target
   * @return the request
   */
  public static Request of(String method, String target) {
    return new Request(method, target, "HTTP/1.1", List.of(), new byte[0], new byte[0], List.of());
  }

  /**
   * Returns this request with another protocol version.
   *
   * @param version such as HTTP/1.0
   * @return a new request
   */
  public Request version(String version) {
    return new Request(method, target, version, headers, body, content, trailers);
  }

  /**
   * Returns this request with one more header line.
   *
   * @param name the field's name
   * @param value the field's value
   * @return a new request
   */
  public Request header(String name, String value) {
    List<Field> more = new ArrayList<>(headers);
    more.add(new Field(name, value));
    return new Request(method, target, version, more, body, content, trailers);
  }

  /**
   * Returns this request, asking to turn its connection over to another protocol (RFC 9110, 7.8).
   *
   * @param protocol the protocol's name
   * @return a new request
   */
  public Request upgrade(String protocol) {
    return header("Connection", "Upgrade").header("Upgrade", protocol);
  }

  /**
   * Returns this request without a header.
   *
   * @param name the field's name
   * @return a new request
   */
  public Request without(String name) {
    List<Field> fewer = headers.stream().filter(f -> !f.name().equalsIgnoreCase(name)).toList();
    return new Request(method, target, version, fewer, body, content, trailers);
  }

  /**
   * Returns this request with content and its Content-Length.
   *
   * @param content the content, sent as UTF-8
   * @return a new request
   */
  public Request content(String content) {
    return content(content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns this request with content and its Content-Length.
   *
   * @param content the content
   * @return a new request
   */
  public Request content(byte[] content) {
    return without("Content-Length")
        .header("Content-Length", Integer.toString(content.length))
        .body(content, content);
  }

  /**
   * Returns this request with chunked content: one chunk for each text.
   *
   * @param chunks the chunks, none of them empty
   * @return a new request
   */
  public Request chunks(String... chunks) {
    StringBuilder framed = new StringBuilder();
    for (String chunk : chunks) {
      int size = chunk.getBytes(StandardCharsets.UTF_8).length;
      framed.append(Integer.toHexString(size).toUpperCase(Locale.ROOT)).append("\r\n");
      framed.append(chunk).append("\r\n");
    }
    framed.append("0\r\n\r\n");
    return header("Transfer-Encoding", "chunked")
        .body(
            framed.toString().getBytes(StandardCharsets.UTF_8),
            String.join("", chunks).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns this request, which has {@link #chunks}, with one more trailer line.
   *
   * @param name the field's name
   * @param value the field's value
   * @return a new request
   */
  public Request trailer(String name, String value) {
    List<Field> more = new ArrayList<>(trailers);
    more.add(new Field(name, value));
    String framed = new String(body, StandardCharsets.UTF_8);
    String before = framed.substring(0, framed.length() - 2);
    byte[] longer = (before + name + ": " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    return new Request(method, target, version, headers, longer, content, more);
  }

  /**
   * Returns this request with bytes behind its head, without any header that announces them.
   *
   * @param bytes the bytes
   * @return a new request
   */
  public Request body(byte[] bytes) {
    return body(bytes, new byte[0]);
  }

  private Request body(byte[] framed, byte[] plain) {
    return new Request(method, target, version, headers, framed.clone(), plain.clone(), List.of());
  }

  /**
   * Returns the method.
   *
   * @return the method
   */
  public String method() {
    return method;
  }

  /**
   * Returns the request target.
   *
   * @return the target
   */
  public String target() {
    return target;
  }

  /**
   * Returns the protocol version.
   *
   * @return the version
   */
  public String version() {
    return version;
  }

  /**
   * Returns the header lines.
   *
   * @return the lines, in order
   */
  public List<Field> headers() {
    return headers;
  }

  /**
   * Returns the bytes behind the head.
   *
   * @return the bytes, framed as they go on the wire
   */
  public byte[] body() {
    return body.clone();
  }

  /** The trailer lines. */
  List<Field> trailers() {
    return trailers;
  }

  /**
   * Returns the content, for a protocol that has a framing of its own.
   *
   * @return the bytes, without chunks
   */
  public byte[] unframed() {
    return content.clone();
  }

  /**
   * Returns the request as HTTP/1 sends it, to send it in pieces.
   *
   * @return the head, as UTF-8, and the body
   */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** The head as HTTP/1 sends it. */
  byte[] head(Charset charset) {
    StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
    headers.forEach(f -> head.append(f.name()).append(": ").append(f.value()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(charset);
  }
}
