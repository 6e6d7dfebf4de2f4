package org.pipebridge.test;

import java.nio.charset.StandardCharsets;
import org.pipebridge.feature.Headers;

/**
 * A response of an {@link InMemoryServer}, or as much as came of it.
 *
 * @param status the status; 0 if the request was aborted before there was one
 * @param headers the headers as they were sent
 * @param content the content
 * @param trailers the trailers as they were sent, after the content
 * @param isComplete false if it was broken off: a client over a socket can tell, too
 * @since 0.1
 */
public record InMemoryResponse(
    int status, Headers headers, byte[] content, Headers trailers, boolean isComplete) {

  /**
   * Returns the content as text.
   *
   * @return the content, read as UTF-8
   */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
