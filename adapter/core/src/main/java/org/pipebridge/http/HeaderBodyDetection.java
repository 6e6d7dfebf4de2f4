package org.pipebridge.http;

import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestFeature;

/** Tells by the headers of HTTP/1.1 whether content may come; on others it may (F29). */
final class HeaderBodyDetection implements HttpRequestBodyDetectionFeature {

  private final FeatureCollection features;

  HeaderBodyDetection(FeatureCollection features) {
    this.features = features;
  }

  @Override
  public boolean canHaveBody() {
    HttpRequestFeature request = features.require(HttpRequestFeature.class);
    Headers headers = request.headers();
    if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
      return headers.contentLength().orElse(1) > 0;
    }
    return headers.contains(HeaderNames.TRANSFER_ENCODING)
        || !request.protocol().startsWith("HTTP/1.");
  }
}
