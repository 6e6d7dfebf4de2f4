package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

final class ReadWatchTest {

  private final ByteArrayEndPoint inner = new ByteArrayEndPoint();
  private final AtomicInteger told = new AtomicInteger();
  private final ReadWatch reads = new ReadWatch(inner, Runnable::run, told::incrementAndGet);

  @Test
  void r25_bytesThatArePutBackTwiceComeInTheirOrder() throws Exception {
    inner.addInput("fg");
    reads.putBack(bytes("bcde"));
    assertThat(fill(1)).isEqualTo("b");
    reads.putBack(bytes("ab"));
    assertThat(fill(8)).isEqualTo("abcde");
    assertThat(fill(8)).isEqualTo("fg");
  }

  @Test
  void a3_anEndIsToldAtEachWatch() {
    reads.watch();
    assertThat(told).hasValue(0);
    inner.addInputEOF();
    assertThat(told).hasValue(1);
    reads.watch();
    assertThat(told).hasValue(2);
  }

  private String fill(int capacity) throws Exception {
    ByteBuffer buffer = BufferUtil.allocate(capacity);
    reads.fill(buffer);
    return BufferUtil.toString(buffer);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
