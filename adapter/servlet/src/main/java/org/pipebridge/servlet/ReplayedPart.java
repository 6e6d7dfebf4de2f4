package org.pipebridge.servlet;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FormFile;

/** A part of a multipart form that the pipeline has read before the servlet. */
final class ReplayedPart implements Part {

  private final FormFile file;

  ReplayedPart(FormFile file) {
    this.file = file;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return file.openStream();
  }

  @Override
  public @Nullable String getContentType() {
    return file.contentType();
  }

  @Override
  public String getName() {
    return file.name();
  }

  @Override
  public @Nullable String getSubmittedFileName() {
    return file instanceof TextFile ? null : file.fileName();
  }

  @Override
  public long getSize() {
    return file.length();
  }

  /** Writes to a path as it is given: the location of the multipart configuration is not known. */
  @Override
  public void write(String fileName) throws IOException {
    try (InputStream content = file.openStream()) {
      Files.copy(content, Path.of(fileName), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Does nothing: the content goes with its request. */
  @Override
  public void delete() {}

  @Override
  public @Nullable String getHeader(String name) {
    return file.headers().first(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return file.headers().values(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return file.headers().names();
  }
}
