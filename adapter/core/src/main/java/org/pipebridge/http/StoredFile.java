package org.pipebridge.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FormFile;
import org.pipebridge.feature.Headers;

/** A file of a form whose content is kept until the request is complete (V45). */
record StoredFile(
    String name, String fileName, @Nullable String contentType, Headers headers, SpillStore content)
    implements FormFile {

  @Override
  public long length() {
    return content.size();
  }

  @Override
  public InputStream openStream() throws IOException {
    return content.openStream();
  }
}
