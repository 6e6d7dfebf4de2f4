package org.pipebridge.jetty;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a PEM file holds (RFC 7468). */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");

  private Pem() {}

  private record Block(String label, byte[] bytes) {}

  /** Returns the certificates in their order. */
  static List<X509Certificate> certificates(byte[] file) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(block.bytes());
        certificates.add((X509Certificate) factory.generateCertificate(bytes));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("it holds no certificate in PEM");
    }
    return certificates;
  }

  /** Returns the private key, whose algorithm is that of its certificate. */
  static PrivateKey key(byte[] file, String algorithm) throws GeneralSecurityException {
    for (Block block : blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(algorithm, block.bytes());
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new GeneralSecurityException(
                "its key is encrypted; write it plainly with openssl pkcs8, or use a key store");
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new GeneralSecurityException(
                "its key is not in PKCS#8; convert it with openssl pkcs8 -topk8 -nocrypt");
        default -> {}
      }
    }
    throw new GeneralSecurityException("it holds no private key in PEM");
  }

  private static PrivateKey key(String algorithm, byte[] bytes) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (InvalidKeySpecException e) {
      throw new GeneralSecurityException(
          "its key is no " + algorithm + " key, as the certificate's is", e);
    }
  }

  private static List<Block> blocks(byte[] file) throws GeneralSecurityException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      // lines before a blank one are headers, which only formats that are refused have
      boolean plain = matcher.group(2).indexOf(':') < 0;
      blocks.add(new Block(matcher.group(1), plain ? decode(matcher.group(2)) : new byte[0]));
    }
    return blocks;
  }

  private static byte[] decode(String text) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("its Base64 is malformed", e);
    }
  }
}
