package org.pipebridge.feature;

import org.jspecify.annotations.Nullable;

/**
 * Knows the form of a request whose content somebody in front of the pipeline has read (V46).
 *
 * <p>A server sets it where that can happen. It is asked when a urlencoded form was announced and
 * no byte of it came. It has no counterpart in ASP.NET Core, where nobody is in front.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FormFallbackFeature {

  /**
   * Returns the form as somebody else has parsed it.
   *
   * @return the form, or null if nobody has
   */
  @Nullable Form form();
}
