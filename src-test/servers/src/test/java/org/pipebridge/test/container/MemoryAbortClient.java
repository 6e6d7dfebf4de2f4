package org.pipebridge.test.container;

import java.util.function.IntPredicate;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryRequest;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

/** Asks a server in memory, which has no connections, but clients that go away. */
final class MemoryAbortClient implements AbortClient {

  private final InMemoryServer server;
  private final IntPredicate created;

  MemoryAbortClient(InMemoryServer server, IntPredicate created) {
    this.server = server;
    this.created = created;
  }

  @Override
  public Seen ask(AbortPlan plan) {
    InMemoryRequest request =
        server.request(plan.method(), plan.path()).header("Host", "localhost").openContent();
    request.header("Content-Length", Integer.toString(plan.content()));
    InMemoryExchange exchange = request.begin();
    Seen seen = go(plan, exchange);
    exchange.awaitOver(); // or it hangs
    return seen;
  }

  private Seen go(AbortPlan plan, InMemoryExchange exchange) {
    switch (plan.leaving()) {
      case IN_HEAD, BEFORE_CONTENT -> {
        return leave(plan, exchange);
      }
      case IN_CONTENT -> {
        exchange.write(new byte[plan.where()]);
        return leave(plan, exchange);
      }
      default -> {
        if (plan.content() > 0) {
          exchange.write(new byte[plan.content()]);
        }
        exchange.end();
      }
    }
    if (plan.leaving() == AbortPlan.Leaving.IN_ANSWER) {
      byte[] some = exchange.read(plan.where());
      AbortClient.check(plan, 0, some, 0, some.length);
      exchange.disconnect();
      return Seen.LEFT;
    }
    InMemoryResponse answer = exchange.response();
    byte[] content = answer.content();
    AbortClient.check(plan, 0, content, 0, content.length);
    if (!answer.isComplete()) {
      if (plan.mayBreakOff()) {
        return Seen.BROKEN;
      }
      throw new AssertionError("after %d bytes breaks off %s".formatted(content.length, plan));
    }
    if (plan.leaving() == AbortPlan.Leaving.AFTER_ANSWER) {
      exchange.disconnect();
    }
    String number = answer.headers().first("X-Number");
    return AbortClient.judge(plan, answer.status(), number, content.length);
  }

  private Seen leave(AbortPlan plan, InMemoryExchange exchange) {
    AbortClient.awaitApplication(plan, created);
    exchange.disconnect();
    return Seen.LEFT;
  }

  @Override
  public void close() {}
}
