package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a client of an old TLS: it is made by hand, as the JDK's own refuses itself. */
final class TlsVersionsTest {

  private static final int CLOSED = -1;
  private static final int ALERT = 21; // types of a record (RFC 5246, section 6.2.1)
  private static final int HANDSHAKE = 22;
  private static final int FATAL = 2;
  private static final int SERVER_HELLO = 2;

  @TempDir static Path folder;
  private static TestHost host;

  @BeforeAll
  static void start() throws Exception {
    Path store = Certificates.store(folder, "one.test", "EC");
    TlsCertificate certificate = TlsCertificate.keyStore(store, Certificates.PASSWORD);
    JettyOptions options = JettyOptions.DEFAULT.withTls(TlsOptions.of(certificate));
    host = TestHost.start(options, context -> {});
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void version12IsSpoken() throws Exception {
    assertThat(answerTo("03 03")).isEqualTo(new Answer(HANDSHAKE, SERVER_HELLO));
  }

  @Test
  void olderOnesAreRefused() throws Exception {
    for (String version : new String[] {"03 02", "03 01"}) {
      assertThat(answerTo(version)).isIn(new Answer(ALERT, FATAL), new Answer(CLOSED, CLOSED));
    }
  }

  /** The type of a record and the first byte of its content. */
  private record Answer(int type, int first) {}

  private static Answer answerTo(String version) throws IOException {
    URI address = URI.create(host.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(hello(version));
      InputStream in = socket.getInputStream();
      int type = in.read();
      in.skipNBytes(4); // version and length
      return new Answer(type, in.read());
    } catch (EOFException | SocketException closed) {
      return new Answer(CLOSED, CLOSED);
    }
  }

  /** A ClientHello without supported_versions, so that its own version is the highest one. */
  private static byte[] hello(String version) {
    String extensions =
        "000a 0006 0004 0017 0018" // supported_groups: secp256r1, secp384r1
            + "000b 0002 01 00" // ec_point_formats: uncompressed
            + "000d 0008 0006 0403 0503 0203"; // signature_algorithms: ECDSA, SHA-256, 384, 1
    String body =
        version
            + "5a".repeat(32) // random
            + "00" // no session
            + sized(2, "c02b c00a c009") // ECDHE_ECDSA with AES: GCM, which is new, and CBC
            + "01 00" // no compression
            + sized(2, extensions);
    return bytes("16 0301" + sized(2, "01" + sized(3, body)));
  }

  private static String sized(int octets, String hex) {
    return HexFormat.of().toHexDigits(bytes(hex).length, 2 * octets) + hex;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
