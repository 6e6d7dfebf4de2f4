package org.pipebridge.samples.explorer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest that lets both ends compare what they have. */
final class Sha256 {

  private final MessageDigest digest = digest();

  void add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
  }

  /** Returns the digest in hexadecimal, and begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
