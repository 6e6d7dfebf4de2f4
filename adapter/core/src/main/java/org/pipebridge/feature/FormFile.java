package org.pipebridge.feature;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file in a multipart form (V44).
 *
 * <p>Its content is in memory or in a temporary file, which is gone when the request is complete
 * (V45). ASP.NET Core: {@code IFormFile}.
 *
 * @since 0.1
 */
public interface FormFile {

  /**
   * Returns the name of the field.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the file's name as the client gave it: never a path to trust.
   *
   * @return the name, perhaps ""
   */
  String fileName();

  /**
   * Returns the content type of the part.
   *
   * @return the type, or null if there is none
   */
  @Nullable String contentType();

  /**
   * Returns the headers of the part.
   *
   * @return the headers
   */
  Headers headers();

  /**
   * Returns the size.
   *
   * @return the length in bytes
   */
  long length();

  /**
   * Opens the content; may be called more than once, and the caller closes each.
   *
   * @return a new stream from the first byte
   * @throws IOException if the temporary file cannot be read, or is gone
   */
  InputStream openStream() throws IOException;
}
