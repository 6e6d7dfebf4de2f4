package org.pipebridge.http;

import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.Query;
import org.pipebridge.feature.QueryFeature;

/** Parses the raw query, and again when that has changed (F31, V28). */
final class ParsedQuery implements QueryFeature {

  private final FeatureCollection features;
  private @Nullable String parsedFrom;
  private Query query = Query.EMPTY;

  ParsedQuery(FeatureCollection features) {
    this.features = features;
  }

  @Override
  public Query query() {
    String raw = features.require(HttpRequestFeature.class).queryString();
    if (!raw.equals(parsedFrom)) {
      query = QueryString.parse(raw);
      parsedFrom = raw;
    }
    return query;
  }

  @Override
  public void setQuery(Query query) {
    String raw = QueryString.of(query).value();
    features.require(HttpRequestFeature.class).setQueryString(raw);
    this.query = query;
    this.parsedFrom = raw;
  }
}
