package org.pipebridge.jetty;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what a logger is told, in place of the console. */
final class Logged extends Handler implements AutoCloseable {

  private final Logger logger;
  private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
  private final List<String> all = new CopyOnWriteArrayList<>();

  private Logged(Logger logger) {
    this.logger = logger;
  }

  static Logged of(Class<?> type) {
    Logged logged = new Logged(Logger.getLogger(type.getName()));
    logged.logger.addHandler(logged);
    logged.logger.setUseParentHandlers(false);
    logged.logger.setLevel(Level.INFO);
    return logged;
  }

  /** Waits for a line with a text; those before it are skipped. */
  String await(String text) throws InterruptedException {
    String line = coming.poll(20, TimeUnit.SECONDS);
    while (line != null && !line.contains(text)) {
      line = coming.poll(20, TimeUnit.SECONDS);
    }
    if (line == null) {
      throw new AssertionError("nothing with '" + text + "' in " + all);
    }
    return line;
  }

  long count(String text) {
    return all.stream().filter(line -> line.contains(text)).count();
  }

  @Override
  public void publish(LogRecord entry) {
    String line = MessageFormat.format(entry.getMessage(), entry.getParameters());
    all.add(line);
    coming.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
