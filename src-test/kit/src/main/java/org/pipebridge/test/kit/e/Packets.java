package org.pipebridge.test.kit.e;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K119: pipelined requests in packets that end in the middle of a head. */
final class Packets {

  private static final String CONTENT = "hello";

  private Packets() {}

  static List<Scenario> scenarios() {
    int length = CONTENT.length();
    return List.of(
        k119("TheWholeRequest", true, Integer.MAX_VALUE),
        k119("TheContent", true, length),
        k119("APartOfTheContent", true, length - 2),
        k119("TheWholeRequestThatMayUpgrade", false, Integer.MAX_VALUE),
        k119("TheContentOfOneThatMayUpgrade", false, length));
  }

  /** A packet has the last bytes of a request, as many as given, and the first ones of the next. */
  private static Scenario k119(String fact, boolean plain, int lastBytes) {
    return Scenario.named("K119", "r25_aHeadMayBeginBehind" + fact)
        .rules("R25", "Q20")
        .needs(Capability.BYTES)
        .application(Packets::echo)
        .check(
            probe -> {
              Request post = probe.request("POST", "/a").content(CONTENT);
              check(probe, plain ? post : post.upgrade("nothing"), lastBytes);
            });
  }

  private static void echo(HttpContext context, Run run) throws Exception {
    run.record("begun");
    byte[] content = context.request().body().readAllBytes();
    context
        .response()
        .write(context.request().path() + " " + new String(content, StandardCharsets.UTF_8));
  }

  private static void check(Probe probe, Request request, int lastBytes) {
    byte[] first = request.bytes();
    byte[] second = probe.request("GET", "/b").bytes();
    int cut = Math.max(0, first.length - lastBytes);
    int secondCut = "GET /".length();
    RawConnection connection = probe.socket();
    if (cut > 0) {
      connection.write(Arrays.copyOf(first, cut));
      probe.facts(1);
    }
    byte[] packet = Arrays.copyOfRange(first, cut, first.length + secondCut);
    System.arraycopy(second, 0, packet, first.length - cut, secondCut);
    connection.write(packet);
    connection.answer().hasStatus(200).hasText("/a " + CONTENT);
    connection.write(Arrays.copyOfRange(second, secondCut, second.length));
    connection.answer().hasStatus(200).hasText("/b ");
  }
}
