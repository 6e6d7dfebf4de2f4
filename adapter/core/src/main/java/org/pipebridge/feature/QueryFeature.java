package org.pipebridge.feature;

/**
 * The parsed query (F31).
 *
 * <p>Parsed again when the raw text changed; setting it rewrites the raw text (V28). ASP.NET Core:
 * {@code IQueryFeature}.
 *
 * @since 0.1
 */
public interface QueryFeature {

  /**
   * Returns the parameters, unescaped.
   *
   * @return the query
   */
  Query query();

  /**
   * Replaces the parameters and the raw query.
   *
   * @param query the new ones, unescaped
   */
  void setQuery(Query query);
}
