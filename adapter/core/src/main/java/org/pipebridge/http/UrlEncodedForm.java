package org.pipebridge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormOptions;

/**
 * Parses {@code application/x-www-form-urlencoded} by the rules of a query (V25), within the limits
 * of a form.
 */
final class UrlEncodedForm implements FormParser {

  /** An escaped octet takes three, and a character at most three of them. */
  private static final int OCTETS_ESCAPED = 3;

  private static final int CHARACTER_ESCAPED = 9;

  private final FormOptions options;
  private final Charset charset;
  private final FieldCollector fields;
  private final ByteArrayOutputStream name = new ByteArrayOutputStream();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private boolean inValue;

  UrlEncodedForm(Charset charset, FormOptions options) {
    this.charset = charset;
    this.options = options;
    this.fields = new FieldCollector(options);
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int start = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b == '&' || (b == '=' && !inValue)) {
        append(bytes, start, i);
        start = i + 1;
        if (b == '&') {
          endOfPair();
        } else {
          inValue = true;
        }
      }
    }
    append(bytes, start, end);
  }

  @Override
  public Form finish() throws IOException {
    endOfPair();
    return fields.toForm();
  }

  @Override
  public void close() {}

  private void append(byte[] bytes, int start, int end) throws IOException {
    int length = end - start;
    if (inValue) {
      if (value.size() + (long) length > (long) OCTETS_ESCAPED * options.maxValueBytes()) {
        throw FieldCollector.tooLarge("a value", options.maxValueBytes());
      }
      value.write(bytes, start, length);
    } else {
      if (name.size() + (long) length > (long) CHARACTER_ESCAPED * options.maxNameLength()) {
        throw FieldCollector.malformed("a name is too long");
      }
      name.write(bytes, start, length);
    }
  }

  private void endOfPair() throws IOException {
    if (inValue || name.size() > 0) {
      String text = Octets.decode(value.toString(charset), charset, true);
      if (value.size() > options.maxValueBytes()
          && text.getBytes(charset).length > options.maxValueBytes()) {
        throw FieldCollector.tooLarge("a value", options.maxValueBytes());
      }
      fields.add(Octets.decode(name.toString(charset), charset, true), text);
    }
    name.reset();
    value.reset();
    inValue = false;
  }
}
