package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** Tells about the file to download and what sending it took: the latest transfers are kept. */
final class Transfers implements Handler {

  private static final int MOST = 16;

  private final SampleFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Row>> latest = new LinkedHashMap<>();

  Transfers(SampleFile file) {
    this.file = file;
  }

  /** Keeps what a transfer that has ended did, and forgets the oldest one. */
  void add(Transfer transfer, @Nullable Throwable failure) {
    List<Row> rows = transfer.end(failure);
    lock.lock();
    try {
      latest.put(transfer.id(), rows);
      if (latest.size() > MOST) {
        latest.remove(latest.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handle(HttpContext context) throws IOException {
    String id = context.request().query().first("transfer");
    List<Row> rows = new ArrayList<>(about(file.get()));
    if (id == null) {
      Facts.send(context, 200, "The file to download", rows);
      return;
    }
    List<Row> transfer = find(id);
    if (transfer == null) {
      Row row = new Row("transfer", "not known, or not over");
      Facts.send(context, 404, "No such transfer", List.of(row));
      return;
    }
    rows.addAll(transfer);
    Facts.send(context, 200, "One download", rows);
  }

  private @Nullable List<Row> find(String id) {
    lock.lock();
    try {
      return latest.get(id);
    } finally {
      lock.unlock();
    }
  }

  private static List<Row> about(SampleFile.Made made) {
    return List.of(
        new Row("file", SampleFile.NAME),
        new Row("bytes", Long.toString(made.bytes())),
        new Row("SHA-256", made.sha256()));
  }
}
