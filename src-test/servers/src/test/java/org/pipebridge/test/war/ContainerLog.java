package org.pipebridge.test.war;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What container and application log while this is open; kept off the console. */
final class ContainerLog extends Handler implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger container = Logger.getLogger("org.apache.catalina");
  private final Logger ours = Logger.getLogger("org.pipebridge");

  ContainerLog() {
    setLevel(Level.ALL);
    for (Logger logger : List.of(container, ours)) {
      logger.setLevel(Level.INFO);
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }
  }

  /** The lines, each with what was thrown and its causes. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord record) {
    StringBuilder line = new StringBuilder(record.getLevel() + " " + record.getMessage());
    if (record.getParameters() != null) {
      line.append(' ').append(List.of(record.getParameters()));
    }
    for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
      line.append(" <- ").append(t);
    }
    lines.add(line.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    for (Logger logger : List.of(container, ours)) {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }
}
