package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.ApplicationLifetime;

/** A temporary file to send: made when it is first asked for, gone with the application. */
final class SampleFile {

  /** What its name is for those who save it. */
  static final String NAME = "pipebridge-sample.bin";

  private static final int BLOCK_SIZE = 64 * 1024;
  private static final int BLOCKS = 128;
  private static final long SEED = 20_261_125;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Made made;
  private boolean removed;

  /** The file as it lies there: always the same random bytes. */
  record Made(Path path, long bytes, String sha256) {}

  private SampleFile() {}

  /** Ties a file, not yet made, to the life of the application. */
  static SampleFile of(FeatureCollection serverFeatures) {
    SampleFile file = new SampleFile();
    ApplicationLifetime lifetime = serverFeatures.get(ApplicationLifetime.class);
    if (lifetime != null) {
      lifetime.stopped().thenRun(file::remove);
    }
    return file;
  }

  /** Returns the file, and makes it if that was not done. */
  Made get() throws IOException {
    lock.lock();
    try {
      if (removed) {
        throw new IllegalStateException("the application has stopped and its file is gone");
      }
      if (made == null) {
        made = make();
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  private static Made make() throws IOException {
    Path path = Files.createTempFile("pipebridge-explorer-", ".bin");
    Random random = new Random(SEED);
    Sha256 digest = new Sha256();
    byte[] block = new byte[BLOCK_SIZE];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int i = 0; i < BLOCKS; i++) {
        random.nextBytes(block);
        digest.add(block, block.length);
        out.write(block);
      }
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
    return new Made(path, (long) BLOCK_SIZE * BLOCKS, digest.hex());
  }

  private void remove() {
    lock.lock();
    try {
      removed = true;
      if (made != null) {
        Files.deleteIfExists(made.path());
      }
    } catch (IOException e) {
      System.getLogger(SampleFile.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary file stays behind", e);
    } finally {
      lock.unlock();
    }
  }
}
