package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.http.HttpContext;

/** Use of a request when it is over, and at the very moment of its end (P14, A4). */
final class ExchangeEndTest {

  @Test
  void c12_everythingThrowsWhenTheRequestIsOver() {
    AtomicReference<Headers> headers = new AtomicReference<>();
    AtomicReference<InputStream> in = new AtomicReference<>();
    AtomicReference<OutputStream> out = new AtomicReference<>();
    Trial trial =
        Trial.run(
            context -> {
              headers.set(context.response().headers());
              in.set(context.request().body());
              out.set(context.response().body());
            });
    HttpContext context = trial.context;
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> context.features().get(String.class),
            () -> context.features().revision(),
            () -> context.features().iterator(),
            () -> context.features().set(String.class, "x"),
            () -> context.response().status(),
            () -> context.response().setStatus(200),
            () -> context.response().hasStarted(),
            () -> context.response().headers(),
            () -> context.response().onCompleted(() -> {}),
            () -> context.items(),
            () -> headers.get().first("X"),
            () -> headers.get().set("X", "y"),
            () -> headers.get().names(),
            () -> in.get().read(),
            () -> out.get().write(1),
            () -> out.get().flush(),
            () -> out.get().close())) {
      assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
    }
    assertThat(trial.transport.events).containsExactly("begin 200 length=0", "end", "finished");
  }

  @Test
  void c12_abortIsHarmlessWhenTheRequestIsOver() {
    Trial trial = Trial.run(context -> {});
    trial.context.abort();
    assertThat(trial.context.isAborted()).isFalse();
    assertThat(trial.context.aborted().toCompletableFuture()).isNotDone();
    assertThat(trial.transport.events).doesNotContain("abort");
  }

  @Test
  void a2_abortedCompletesOnceAndReadsAndWritesFail() {
    AtomicInteger completions = new AtomicInteger();
    Trial trial =
        Trial.run(
            context -> {
              context.aborted().thenRun(completions::incrementAndGet);
              context.abort();
              context.abort();
              assertThat(context.isAborted()).isTrue();
            });
    assertThat(completions).hasValue(1);
    assertThat(trial.transport.events.stream().filter("abort"::equals)).hasSize(1);
    assertThat(trial.context.isAborted()).isTrue();
  }

  @Test
  void a7_aDependentOfAbortedSeesTheFeaturesAlive() {
    AtomicInteger status = new AtomicInteger();
    Trial.run(
        context -> {
          context.aborted().thenRun(() -> status.set(context.response().status()));
          context.features().require(HttpRequestLifetimeFeature.class).abort();
        });
    assertThat(status).hasValue(200);
  }

  @RepeatedTest(50)
  void c14_aWriteThatRacesWithTheEndIsBeforeItOrRefused() throws Exception {
    AtomicReference<OutputStream> leaked = new AtomicReference<>();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger accepted = new AtomicInteger();
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                go.await();
                while (true) {
                  leaked.get().write('x');
                  accepted.incrementAndGet();
                }
              } catch (IllegalStateException refused) {
                // the third result would be anything else
              } catch (Throwable e) {
                unexpected.set(e);
              }
            });
    writer.start();
    Trial trial =
        Trial.run(
            context -> {
              leaked.set(context.response().body());
              go.countDown();
              Thread.onSpinWait();
            });
    writer.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(writer.isAlive()).isFalse();
    assertThat(unexpected).hasNullValue();
    assertThat(trial.transport.sent()).hasSize(accepted.get());
    assertThat(trial.disposals).hasSize(1);
  }

  @RepeatedTest(50)
  void a4_anAbortThatRacesWithTheEndIsBeforeItOrDoesNothing() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<HttpContext> leaked = new AtomicReference<>();
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    Thread aborting =
        new Thread(
            () -> {
              try {
                go.await();
                leaked.get().abort();
              } catch (Throwable e) {
                unexpected.set(e);
              }
            });
    aborting.start();
    Trial trial =
        Trial.run(
            context -> {
              leaked.set(context);
              go.countDown();
              Thread.onSpinWait();
            });
    aborting.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(aborting.isAlive()).isFalse();
    assertThat(unexpected).hasNullValue();
    assertThat(trial.transport.events.get(trial.transport.events.size() - 1)).isEqualTo("finished");
    assertThat(trial.transport.events.contains("abort")).isEqualTo(trial.context.isAborted());
  }
}
