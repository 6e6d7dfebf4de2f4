package org.pipebridge.servlet;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FormFile;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;

/** A text field of a multipart form, in the shape of a file: to the servlet API both are parts. */
final class TextFile implements FormFile {

  private final String name;
  private final byte[] content;
  private final HeaderMap headers = new HeaderMap();

  TextFile(String name, String text) {
    this.name = name;
    this.content = text.getBytes(StandardCharsets.UTF_8);
    String quotable = name.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
    headers.set(HeaderNames.CONTENT_DISPOSITION, "form-data; name=\"" + quotable + '"');
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fileName() {
    return "";
  }

  @Override
  public @Nullable String contentType() {
    return null;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public long length() {
    return content.length;
  }

  @Override
  public InputStream openStream() {
    return new ByteArrayInputStream(content);
  }
}
