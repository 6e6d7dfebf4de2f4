package org.pipebridge.jetty;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** One connection of HTTP/2 without TLS, by prior knowledge, on which every frame is seen. */
final class Http2Client implements AutoCloseable {

  static final int WINDOW = 65_535;
  private static final int PATIENCE_SECONDS = 20;

  private final HTTP2Client client = new HTTP2Client();
  private final URI address;
  private final Session session;
  private final CompletableFuture<GoAwayFrame> goAway = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Http2Client(String address) throws Exception {
    this.address = URI.create(address);
    client.setInitialSessionRecvWindow(WINDOW);
    client.setInitialStreamRecvWindow(WINDOW);
    client.start();
    session =
        await(
            client.connect(
                new InetSocketAddress(this.address.getHost(), this.address.getPort()),
                new Session.Listener() {
                  @Override
                  public void onGoAway(Session on, GoAwayFrame frame) {
                    goAway.complete(frame);
                  }

                  @Override
                  public void onClose(Session on, GoAwayFrame frame, Callback callback) {
                    closed.complete(null);
                    callback.succeeded();
                  }

                  @Override
                  public void onFailure(Session on, Throwable failure, Callback callback) {
                    closed.complete(null);
                    callback.succeeded();
                  }
                }));
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a request without content, and takes all of the answer. */
  Request get(String path) throws Exception {
    return send("GET", path, HttpFields.EMPTY, true, true);
  }

  /** Sends a request that claims to come over TLS. */
  Request claimTls(String path) throws Exception {
    return send("https", "GET", path, HttpFields.EMPTY, true, true);
  }

  /** Sends a request, to be ended later or not, and takes the content of the answer or does not. */
  Request send(String method, String path, HttpFields headers, boolean ended, boolean taking)
      throws Exception {
    return send("http", method, path, headers, ended, taking);
  }

  private Request send(
      String scheme, String method, String path, HttpFields headers, boolean ended, boolean taking)
      throws Exception {
    String authority = address.getHost() + ":" + address.getPort();
    HttpURI uri = HttpURI.build().scheme(scheme).authority(authority).pathQuery(path).asImmutable();
    MetaData.Request head = new MetaData.Request(method, uri, HttpVersion.HTTP_2, headers);
    Request request = new Request(taking);
    request.stream = await(session.newStream(new HeadersFrame(head, null, ended), request));
    return request;
  }

  /** The first notice that no more requests are taken. */
  CompletableFuture<GoAwayFrame> goAway() {
    return goAway;
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  /** Goes away without a word. */
  void vanish() throws Exception {
    ((org.eclipse.jetty.http2.HTTP2Session) session).disconnect();
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }

  /** A request, and what has come for it. */
  static final class Request implements Stream.Listener {

    private final boolean taking;
    private final CompletableFuture<MetaData.Response> head = new CompletableFuture<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<Integer> reset = new CompletableFuture<>();
    private volatile Stream stream;

    private Request(boolean taking) {
      this.taking = taking;
    }

    int id() {
      return stream.getId();
    }

    MetaData.Response head() throws Exception {
      return await(head);
    }

    /** The content, when the answer is complete. */
    String text() throws Exception {
      return await(end);
    }

    /** The content so far. */
    String textSoFar() {
      return content.toString(StandardCharsets.UTF_8);
    }

    /** The error code with which the server reset the stream. */
    int reset() throws Exception {
      return await(reset);
    }

    boolean isComplete() {
      return end.isDone();
    }

    boolean hasHead() {
      return head.isDone();
    }

    void data(String text, boolean last) throws Exception {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      await(stream.data(new DataFrame(stream.getId(), bytes, last)));
    }

    void cancel() {
      int cancelled = 8;
      stream.reset(new ResetFrame(stream.getId(), cancelled), Callback.NOOP);
    }

    @Override
    public void onHeaders(Stream on, HeadersFrame frame) {
      if (frame.getMetaData() instanceof MetaData.Response response) {
        head.complete(response);
      }
      if (frame.isEndStream()) {
        end.complete(textSoFar());
      } else if (taking) {
        on.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream on) {
      Stream.Data data = on.readData();
      if (data == null) {
        on.demand();
        return;
      }
      byte[] bytes = new byte[data.frame().remaining()];
      data.frame().getByteBuffer().get(bytes);
      data.release();
      content.writeBytes(bytes);
      if (data.frame().isEndStream()) {
        end.complete(textSoFar());
      } else {
        on.demand();
      }
    }

    @Override
    public void onReset(Stream on, ResetFrame frame, Callback callback) {
      reset.complete(frame.getError());
      callback.succeeded();
    }
  }
}
