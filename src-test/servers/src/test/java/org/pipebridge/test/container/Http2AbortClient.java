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
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** Asks with HTTP/2; leaves by resetting its stream, or by closing the connection. */
final class Http2AbortClient implements AbortClient {

  private static final int DEADLINE_SECONDS = 60;

  /** For what is not told that its session has closed, and may have been done before. */
  private static final int SECONDS_OF_THE_UNTOLD = 1;

  private static final int FIRST_STREAM = 1;

  private final HTTP2Client client;
  private final InetSocketAddress server;
  private final IntPredicate created;
  private final boolean cuts;
  private Session session;
  private Closing closing;
  private boolean suspect; // what was asked before may end the connection

  /** Tells of the end of a session, which a stream that is just being made is not told. */
  private static final class Closing implements Session.Listener {

    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Override
    public void onClose(Session session, GoAwayFrame frame, Callback callback) {
      closed.complete(null);
      callback.succeeded();
    }

    @Override
    public void onFailure(Session session, Throwable failure, Callback callback) {
      closed.complete(null);
      callback.succeeded();
    }
  }

  /** Makes one for a server that may cut a connection when it is sent unwanted content. */
  Http2AbortClient(
      HTTP2Client client, InetSocketAddress server, IntPredicate created, boolean cuts) {
    this.client = client;
    this.server = server;
    this.created = created;
    this.cuts = cuts;
  }

  @Override
  public Seen ask(AbortPlan plan) throws Exception {
    Seen seen = send(plan);
    if (isUnwanted(plan, seen)) {
      suspect = true;
    } else if (seen != Seen.LEFT) {
      suspect = false; // the server was there after all that was sent
    }
    return seen;
  }

  /** Whether content may come to a server that has reset the stream already. */
  private static boolean isUnwanted(AbortPlan plan, Seen seen) {
    return plan.content() > 0
        && (seen != Seen.WHOLE
            || plan.act() == AbortPlan.Act.ABORT_FROM_ELSEWHERE
            || plan.taken() < plan.content());
  }

  private Seen send(AbortPlan plan) throws Exception {
    HttpURI target =
        HttpURI.build("http://127.0.0.1:" + server.getPort() + plan.path()).asImmutable();
    MetaData.Request head =
        new MetaData.Request(plan.method(), target, HttpVersion.HTTP_2, HttpFields.EMPTY);
    StreamAnswer answer = begin(plan, new HeadersFrame(head, null, plan.content() == 0));
    Stream stream = answer.stream();
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
    StreamAnswer.End end = endOf(plan, answer);
    if (end == StreamAnswer.End.ENOUGH) {
      return leave(plan, stream);
    } else if (end == StreamAnswer.End.BROKEN) {
      if (cuts && ((suspect && answer.isOfConnection()) || !created.test(plan.number()))) {
        close();
        return Seen.CUT;
      } else if (stream.getId() > FIRST_STREAM && !created.test(plan.number())) {
        close();
        return Seen.LOST;
      } else if (plan.mayBreakOff()) {
        return Seen.BROKEN;
      }
      throw new AssertionError(answer + ", created: " + created.test(plan.number()));
    }
    if (plan.leaving() == AbortPlan.Leaving.AFTER_ANSWER && !(plan.reset() && stream.isClosed())) {
      leave(plan, stream);
    }
    return answer.judge();
  }

  /** Begins a request, on another connection if the server has closed the one that was used. */
  private StreamAnswer begin(AbortPlan plan, HeadersFrame frame) throws Exception {
    if (session != null) {
      try {
        return begin(plan, frame, session);
      } catch (ExecutionException closed) {
        close();
      }
    }
    closing = new Closing();
    session = await(plan, client.connect(server, closing), DEADLINE_SECONDS);
    suspect = false;
    return begin(plan, frame, session);
  }

  private StreamAnswer begin(AbortPlan plan, HeadersFrame frame, Session session)
      throws ExecutionException {
    boolean partly = plan.leaving() == AbortPlan.Leaving.IN_ANSWER;
    StreamAnswer answer = new StreamAnswer(plan, partly ? plan.where() : Long.MAX_VALUE);
    answer.setStream(await(plan, session.newStream(frame, answer), SECONDS_OF_THE_UNTOLD));
    return answer;
  }

  private StreamAnswer.End endOf(AbortPlan plan, StreamAnswer answer) throws ExecutionException {
    try {
      return await(plan, answer.end(), DEADLINE_SECONDS);
    } catch (ExecutionException e) {
      if (answer.end().isDone()) {
        return answer.end().join(); // throws what tells of a foreign byte
      }
      answer.setClosed();
      return StreamAnswer.End.BROKEN;
    }
  }

  private void send(AbortPlan plan, Stream stream, int count, boolean last) {
    if (plan.content() == 0) {
      return; // the head was the end
    }
    ByteBuffer content = ByteBuffer.allocate(count);
    try {
      DataFrame frame = new DataFrame(stream.getId(), content, last);
      await(plan, stream.data(frame), SECONDS_OF_THE_UNTOLD);
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

  /** Waits for what may never come, or only for so long, once the session is closed. */
  private <T> T await(AbortPlan plan, CompletableFuture<T> future, int secondsOnceClosed)
      throws ExecutionException {
    try {
      CompletableFuture.anyOf(future, closing.closed).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      return future.get(closing.closed.isDone() ? secondsOnceClosed : 0, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      if (closing.closed.isDone()) {
        throw new ExecutionException("the session was closed", e);
      }
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
