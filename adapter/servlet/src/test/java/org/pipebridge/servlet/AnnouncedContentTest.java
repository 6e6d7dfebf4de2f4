package org.pipebridge.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Content ends with its length, whatever else has come (U10). */
final class AnnouncedContentTest {

  @Test
  void whatComesBehindTheLengthIsNotRead() throws IOException {
    ServletInputStream in = new Bytes("helloGET /");
    AnnouncedContent content = new AnnouncedContent(in, 5);

    assertThat(content.available()).isEqualTo(5);
    assertThat(content.read()).isEqualTo('h');
    assertThat(content.readAllBytes()).asString().isEqualTo("ello");
    assertThat(content.available()).isZero();
    assertThat(in.available()).isEqualTo(5);
  }

  @Test
  void itIsFinishedBehindTheLength() throws IOException {
    AnnouncedContent content = new AnnouncedContent(new Bytes("helloGET /"), 5);

    assertThat(content.readNBytes(4)).hasSize(4);
    assertThat(content.isFinished()).isFalse();
    assertThat(content.isReady()).isFalse();

    assertThat(content.read()).isEqualTo('o');
    assertThat(content.isFinished()).isTrue();
    assertThat(content.isReady()).isTrue();
    assertThat(content.read()).isEqualTo(-1);
  }

  @Test
  void contentThatIsCutOffHasNoEnd() {
    AnnouncedContent content = new AnnouncedContent(new Bytes("hell"), 5);

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(content::readAllBytes)
        .withMessage("the connection ended 1 bytes before the content did");
  }

  @Test
  void contentThatIsCutOffIsReadyForTheReadThatFails() throws IOException {
    AnnouncedContent content = new AnnouncedContent(new Bytes("hell"), 5);

    assertThat(content.readNBytes(4)).hasSize(4);
    assertThat(content.isReady()).isTrue();
    assertThat(content.isFinished()).isFalse();
    assertThatExceptionOfType(EOFException.class).isThrownBy(content::read);
  }

  @Test
  void aReadOfNothingReadsNothing() throws IOException {
    AnnouncedContent content = new AnnouncedContent(new Bytes("hello"), 5);

    assertThat(content.read(new byte[1], 0, 0)).isZero();
    assertThat(content.readAllBytes()).asString().isEqualTo("hello");
    assertThat(content.read(new byte[1], 0, 0)).isZero();
  }

  /** What a connection has that is never ready, and finished only when it has ended. */
  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Bytes(String text) {
      bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("nobody listens");
    }
  }
}
