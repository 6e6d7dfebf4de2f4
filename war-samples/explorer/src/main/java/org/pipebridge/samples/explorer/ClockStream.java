package org.pipebridge.samples.explorer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.http.HttpContext;

/** The events of one client's clock. */
final class ClockStream {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HttpContext context;
  private final ApplicationTimer timer;
  private final long began = System.nanoTime();
  private int ticks;
  private long bytes;

  ClockStream(HttpContext context, ApplicationTimer timer) {
    this.context = context;
    this.timer = timer;
  }

  /** Sends an event each second, and a last one, named "end", when the application stops. */
  CompletionStage<Void> run() {
    return Loop.whileTrue(this::tick).thenCompose(over -> send("event: end\n", facts()));
  }

  private CompletionStage<Boolean> tick() {
    ticks++;
    return send("", facts())
        .thenCompose(sent -> timer.pause(SECOND))
        .thenApply(over -> !timer.isStopped());
  }

  private CompletionStage<Void> send(String event, List<Row> facts) {
    String text = event + "data: " + Facts.json(facts) + "\n\n";
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    bytes += encoded.length;
    return context.response().writeAsync(ByteBuffer.wrap(encoded));
  }

  private List<Row> facts() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("now", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
    rows.add(new Row("event", Integer.toString(ticks)));
    rows.add(new Row("bytes before it", Long.toString(bytes)));
    rows.add(Facts.timeSince(began));
    rows.add(Facts.thread());
    rows.add(Facts.async(context));
    rows.add(Facts.features(context, HttpResponseBodyFeature.class, HttpBodyControlFeature.class));
    return rows;
  }
}
