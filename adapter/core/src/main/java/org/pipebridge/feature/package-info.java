/**
 * The features of a request, a response, a connection or a server, and what they are made of.
 *
 * <p>A server implements the interfaces it can keep, and puts them in a {@link
 * org.pipebridge.feature.FeatureCollection}; everything above reads through that.
 */
package org.pipebridge.feature;
