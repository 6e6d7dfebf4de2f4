package org.pipebridge.test.container;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** Asks with HTTP/2; leaves by resetting its stream, or by closing the connection. */
final class Http2AbortClient implements AbortClient {

  private static final int DEADLINE_SECONDS = 60;
  private static final int FIRST_STREAM = 1;

  private final HTTP2Client client;
  private final InetSocketAddress server;
  private final IntPredicate created;
  private Session session;

  Http2AbortClient(HTTP2Client client, InetSocketAddress server, IntPredicate created) {
    this.client = client;
    this.server = server;
    this.created = created;
  }

  @Override
  public Seen ask(AbortPlan plan) throws Exception {
    HttpURI target =
        HttpURI.build("http://127.0.0.1:" + server.getPort() + plan.path()).asImmutable();
    MetaData.Request head =
        new MetaData.Request(plan.method(), target, HttpVersion.HTTP_2, HttpFields.EMPTY);
    boolean partly = plan.leaving() == AbortPlan.Leaving.IN_ANSWER;
    StreamAnswer answer = new StreamAnswer(plan, partly ? plan.where() : Long.MAX_VALUE);
    HeadersFrame frame = new HeadersFrame(head, null, plan.content() == 0);
    Stream stream = begin(plan, frame, answer);
    switch (plan.leaving()) {
      case IN_HEAD, BEFORE_CONTENT -> {
        return leave(plan, stream);
      }
      case IN_CONTENT -> {
        send(plan, stream, plan.where(), false);
        return leave(plan, stream);
      }
      default -> send(plan, stream, plan.content(), true);
    }
    StreamAnswer.End end = await(plan, answer.end());
    if (end == StreamAnswer.End.ENOUGH) {
      return leave(plan, stream);
    } else if (end == StreamAnswer.End.BROKEN) {
      if (stream.getId() > FIRST_STREAM && !created.test(plan.number())) {
        close();
        return Seen.LOST;
      } else if (plan.mayBreakOff()) {
        return Seen.BROKEN;
      }
      throw new AssertionError(answer + " breaks off");
    }
    if (plan.leaving() == AbortPlan.Leaving.AFTER_ANSWER && !(plan.reset() && stream.isClosed())) {
      leave(plan, stream);
    }
    return answer.judge();
  }

  /** Begins a request, on another connection if the server has closed the one that was used. */
  private Stream begin(AbortPlan plan, HeadersFrame frame, StreamAnswer answer) throws Exception {
    if (session != null) {
      try {
        return await(plan, session.newStream(frame, answer));
      } catch (ExecutionException closed) {
        close();
      }
    }
    session = await(plan, client.connect(server, new Session.Listener() {}));
    return await(plan, session.newStream(frame, answer));
  }

  private static void send(AbortPlan plan, Stream stream, int count, boolean last) {
    if (plan.content() == 0) {
      return; // the head was the end
    }
    ByteBuffer content = ByteBuffer.allocate(count);
    try {
      await(plan, stream.data(new DataFrame(stream.getId(), content, last)));
    } catch (ExecutionException reset) {
      // the server does not want it; its answer tells why
    }
  }

  private Seen leave(AbortPlan plan, Stream stream) {
    AbortClient.awaitApplication(plan, created);
    if (plan.reset()) {
      ResetFrame frame = new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code);
      stream.reset(frame, Callback.NOOP);
    } else {
      close();
    }
    return Seen.LEFT;
  }

  private static <T> T await(AbortPlan plan, CompletableFuture<T> future)
      throws ExecutionException {
    try {
      return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the answer to " + plan + " hangs", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (session != null) {
      ((HTTP2Session) session).disconnect();
      session = null;
    }
  }
}
