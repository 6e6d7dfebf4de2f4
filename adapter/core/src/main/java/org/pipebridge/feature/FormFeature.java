package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * The content of a request as a form (F32, V40 to V47).
 *
 * <p>ASP.NET Core: {@code IFormFeature}.
 *
 * @since 0.1
 */
public interface FormFeature {

  /**
   * Tells whether there is a form: one was set, or the content type is that of one (V40).
   *
   * @return whether a form can be read
   */
  boolean hasFormContentType();

  /**
   * Reads the form, blocking (V41); parsed once for all callers.
   *
   * @return the form
   * @throws java.io.IOException if it cannot be read: {@link BadHttpRequestException} for what is
   *     wrong in it or beyond a limit (V43)
   * @throws IllegalStateException if the content is no form, or blocking I/O is switched off
   */
  Form form() throws java.io.IOException;

  /**
   * Sets the form, so that nothing is read from the content.
   *
   * @param form the form
   */
  void setForm(Form form);

  /**
   * Reads the form; parsed once for all callers.
   *
   * @return a stage with the form, which fails as {@link #form()} does
   */
  CompletionStage<Form> readForm();
}
