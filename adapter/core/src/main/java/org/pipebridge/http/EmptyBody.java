package org.pipebridge.http;

import java.io.InputStream;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestBodyFeature;

/** The content of a request whose server gives none (F21). */
final class EmptyBody implements HttpRequestBodyFeature {

  private final InputStream stream;

  EmptyBody(FeatureCollection features) {
    this.stream =
        new InputStream() {
          @Override
          public int read() {
            features.revision(); // throws when the request is over (C12)
            return -1;
          }
        };
  }

  @Override
  public InputStream stream() {
    return stream;
  }
}
