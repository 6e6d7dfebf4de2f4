package org.pipebridge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.HeaderNames;

/** Parses {@code multipart/form-data} (RFC 7578): parts with a file name are files (V44). */
final class MultipartForm implements FormParser, MultipartScanner.Parts {

  private final Charset charset;
  private final FormOptions options;
  private final FieldCollector fields;
  private final MultipartScanner scanner;
  private final List<SpillStore> stores = new ArrayList<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private String name = "";
  private Charset textCharset;
  private @Nullable StoredFile file;

  private MultipartForm(String boundary, Charset charset, FormOptions options) {
    this.charset = charset;
    this.textCharset = charset;
    this.options = options;
    this.fields = new FieldCollector(options);
    this.scanner = new MultipartScanner(boundary, options, this);
  }

  static MultipartForm of(FieldValue contentType, Charset charset, FormOptions options)
      throws IOException {
    String boundary = contentType.parameter("boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw FieldCollector.malformed("its content type has no boundary");
    }
    if (boundary.length() > options.maxBoundaryLength()) {
      throw FieldCollector.malformed("its boundary is too long");
    }
    return new MultipartForm(boundary, charset, options);
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) throws IOException {
    scanner.feed(bytes, offset, length);
  }

  @Override
  public Form finish() throws IOException {
    scanner.finish();
    return fields.toForm();
  }

  @Override
  public void close() throws IOException {
    for (SpillStore store : stores) {
      store.close();
    }
  }

  @Override
  public void begin(PartHeaders headers) throws IOException {
    FieldValue disposition = FieldValue.parse(headers.first(HeaderNames.CONTENT_DISPOSITION));
    String given = disposition.encodedParameter("name");
    if (!disposition.value().equals("form-data") || given == null) {
      throw FieldCollector.malformed("a part has no Content-Disposition of form-data with a name");
    }
    name = given;
    String fileName = disposition.encodedParameter("filename");
    String contentType = headers.first(HeaderNames.CONTENT_TYPE);
    if (fileName == null) {
      textCharset = FieldValue.parse(contentType).charset(charset);
      text.reset();
      file = null;
      return;
    }
    SpillStore store = new SpillStore(options.memoryThreshold());
    stores.add(store);
    file = new StoredFile(name, fileName, contentType, headers, store);
    fields.add(file);
  }

  @Override
  public void content(byte[] bytes, int offset, int length) throws IOException {
    StoredFile target = file;
    if (target != null) {
      if (length > options.maxPartBytes() - target.length()) {
        throw FieldCollector.tooLarge("a file", options.maxPartBytes());
      }
      target.content().append(bytes, offset, length);
    } else {
      if (length > options.maxValueBytes() - text.size()) {
        throw FieldCollector.tooLarge("a value", options.maxValueBytes());
      }
      text.write(bytes, offset, length);
    }
  }

  @Override
  public void end() throws IOException {
    if (file == null) {
      fields.add(name, text.toString(textCharset));
    }
  }
}
