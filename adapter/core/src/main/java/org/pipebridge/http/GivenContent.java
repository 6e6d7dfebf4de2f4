package org.pipebridge.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.KeptContent;

/** Buffered content that the pipeline has given away, and the form that is read from it. */
final class GivenContent implements KeptContent {

  private static final int BUFFER_SIZE = 8192;

  private final SpillStore kept;
  private final FormOptions options;
  private @Nullable FormParser parser;

  GivenContent(SpillStore kept, @Nullable FormOptions options) {
    this.kept = kept;
    this.options = options == null ? FormOptions.DEFAULT : options;
  }

  @Override
  public long size() {
    return kept.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    return kept.read(position, into, offset, length);
  }

  @Override
  public Form readMultipart(String contentType, InputStream content) throws IOException {
    FieldValue type = FieldValue.parse(contentType);
    FormParser reading = MultipartForm.of(type, type.charset(StandardCharsets.UTF_8), options);
    parser = reading;
    byte[] chunk = new byte[BUFFER_SIZE];
    for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
      reading.feed(chunk, 0, count);
    }
    return reading.finish();
  }

  @Override
  public void close() throws IOException {
    try (kept) {
      if (parser != null) {
        parser.close();
      }
    }
  }
}
