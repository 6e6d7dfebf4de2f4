package org.pipebridge.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are kept to be read again: in memory up to a threshold, then in one temporary file.
 *
 * <p>The file is readable by its owner alone, and gone as soon as the store is closed, or the
 * process ends.
 */
final class SpillStore implements Closeable {

  private static final int FIRST_CAPACITY = 1024;

  private final int threshold;
  private byte[] memory = {};
  private long size;
  private @Nullable FileChannel file;
  private boolean closed;

  SpillStore(int threshold) {
    this.threshold = threshold;
  }

  long size() {
    return size;
  }

  boolean isClosed() {
    return closed;
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    checkOpen();
    FileChannel channel = file;
    if (channel == null && size + length > threshold) {
      channel = createFile();
      file = channel;
      writeFully(channel, ByteBuffer.wrap(memory, 0, (int) size), 0);
      memory = new byte[0];
    }
    if (channel != null) {
      writeFully(channel, ByteBuffer.wrap(bytes, offset, length), size);
    } else {
      ensureCapacity((int) size + length);
      System.arraycopy(bytes, offset, memory, (int) size, length);
    }
    size += length;
  }

  /** Reads what is there from a position on: at least a byte, or -1 at the end. */
  int read(long position, byte[] into, int offset, int length) throws IOException {
    checkOpen();
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    int count = (int) Math.min(length, size - position);
    FileChannel channel = file;
    if (channel != null) {
      return channel.read(ByteBuffer.wrap(into, offset, count), position);
    }
    System.arraycopy(memory, (int) position, into, offset, count);
    return count;
  }

  /** Returns all bytes as one array; for a store that is known to be small. */
  byte[] toByteArray() throws IOException {
    try (InputStream stream = openStream()) {
      return stream.readAllBytes();
    }
  }

  InputStream openStream() throws IOException {
    checkOpen();
    return new StoreStream();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    memory = new byte[0];
    FileChannel channel = file;
    if (channel != null) {
      channel.close();
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("this content was kept until the request was complete, and is gone");
    }
  }

  private void ensureCapacity(int capacity) {
    if (capacity > memory.length) {
      int grown = Math.max(Math.max(FIRST_CAPACITY, capacity), 2 * memory.length);
      memory = Arrays.copyOf(memory, Math.min(grown, Math.max(threshold, capacity)));
    }
  }

  private static FileChannel createFile() throws IOException {
    Path path = Files.createTempFile("pipebridge-", ".tmp");
    try {
      return FileChannel.open(
          path,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static void writeFully(FileChannel to, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += to.write(bytes, at);
    }
  }

  private final class StoreStream extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = SpillStore.this.read(position, into, offset, length);
      position += Math.max(count, 0);
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
  }
}
