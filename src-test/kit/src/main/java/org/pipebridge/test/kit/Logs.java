package org.pipebridge.test.kit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Pipebridge logs while a scenario runs, as java.util.logging has it from System.Logger. */
final class Logs extends Handler {

  private static final Logger LOGGER = Logger.getLogger("org.pipebridge");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  Logs() {
    setLevel(Level.ALL);
    LOGGER.addHandler(this);
  }

  /** Keeps what Pipebridge logs off the console, or no longer. */
  static void keepOffConsole(boolean quiet) {
    LOGGER.setUseParentHandlers(!quiet);
  }

  /** The records of exactly this level. */
  List<LogRecord> of(System.Logger.Level level) {
    Level same = Level.parse(Integer.toString(level.getSeverity()));
    return records.stream().filter(r -> r.getLevel().equals(same)).toList();
  }

  List<LogRecord> aboveDebug() {
    int info = Level.INFO.intValue();
    return records.stream().filter(r -> r.getLevel().intValue() >= info).toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (LogRecord record : records) {
      text.append(record.getLevel()).append(' ').append(record.getMessage());
      Throwable thrown = record.getThrown();
      text.append(thrown == null ? "\n" : " <- " + thrown + "\n");
    }
    return text.toString();
  }
}
