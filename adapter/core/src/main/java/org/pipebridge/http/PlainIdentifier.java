package org.pipebridge.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestIdentifierFeature;

/** A random name, made when it is first asked for (F25). */
final class PlainIdentifier implements HttpRequestIdentifierFeature {

  private @Nullable String identifier;

  PlainIdentifier(FeatureCollection features) {}

  @Override
  public String traceIdentifier() {
    String known = identifier;
    if (known == null) {
      known = UUID.randomUUID().toString();
      identifier = known;
    }
    return known;
  }

  @Override
  public void setTraceIdentifier(@Nullable String traceIdentifier) {
    identifier = traceIdentifier;
  }
}
