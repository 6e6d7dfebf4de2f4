package org.pipebridge.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded text whose octets are of any charset. */
final class Octets {

  private Octets() {}

  /** Decodes a text; a plus is a space if {@code form} says so. */
  static String decode(String text, Charset charset, boolean form) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return Percent.decode(text, form);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      int octet = Percent.octet(text, at);
      if (octet >= 0) {
        octets.write(octet);
        at += 2;
      } else {
        octets.writeBytes(String.valueOf(form && c == '+' ? ' ' : c).getBytes(charset));
      }
    }
    return octets.toString(charset);
  }
}
