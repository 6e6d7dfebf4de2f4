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
  private final Map<String, Transfer> latest = new LinkedHashMap<>();

  Transfers(SampleFile file) {
    this.file = file;
  }

  /** Keeps a transfer that begins, and forgets the oldest one. */
  void add(Transfer transfer) {
    lock.lock();
    try {
      latest.put(transfer.id(), transfer);
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
    Transfer transfer = find(id);
    if (transfer == null) {
      Facts.send(context, 404, "No such transfer", List.of(new Row("transfer", "not known")));
      return;
    }
    List<Row> result = transfer.result();
    if (result == null) {
      Facts.send(context, 202, "One download", List.of(new Row("transfer", "under way")));
      return;
    }
    rows.addAll(result);
    Facts.send(context, 200, "One download", rows);
  }

  private @Nullable Transfer find(String id) {
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
