package org.pipebridge.http;

import java.io.Closeable;
import java.io.IOException;
import org.pipebridge.feature.Form;

/** Makes a form of bytes that are pushed into it; closing it drops the files of the form. */
sealed interface FormParser extends Closeable permits UrlEncodedForm, MultipartForm {

  /** Takes the next bytes, which are the caller's again on return. */
  void feed(byte[] bytes, int offset, int length) throws IOException;

  /** Returns the form, when all bytes have been fed. */
  Form finish() throws IOException;
}
