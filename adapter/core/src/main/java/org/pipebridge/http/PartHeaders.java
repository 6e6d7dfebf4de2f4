package org.pipebridge.http;

import java.nio.charset.StandardCharsets;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.internal.Ascii;

/** The header fields of a part, read-only for those who use the form. */
final class PartHeaders extends HeaderMap {

  /** Adds a line as it came; names of files come as raw UTF-8 (RFC 7578, section 5.1). */
  void received(byte[] bytes, int offset, int length, FormOptions options)
      throws BadHttpRequestException {
    String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
    int colon = line.indexOf(':');
    if (colon < 0 || !Ascii.isToken(line.substring(0, colon))) {
      throw FieldCollector.malformed("a part has a header that is none");
    }
    if (lineCount() == options.maxPartHeaders()) {
      throw FieldCollector.malformed(
          "a part has more than " + options.maxPartHeaders() + " headers");
    }
    addReceived(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  @Override
  protected void beforeWrite() {
    throw new IllegalStateException("the headers of a form's part are read-only");
  }
}
