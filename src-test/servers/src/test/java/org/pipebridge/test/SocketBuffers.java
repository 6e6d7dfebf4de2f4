package org.pipebridge.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system takes of content that its receiver does not take. */
public final class SocketBuffers {

  private static final Path OF_LINUX = Path.of("/proc/sys/net/ipv4/tcp_wmem");
  private static final long ELSEWHERE = 8_000_000;

  private SocketBuffers() {}

  /** The most bytes that a socket holds to be sent, unless it was given a size. */
  public static long mostToSend() {
    try (BufferedReader line = Files.newBufferedReader(OF_LINUX)) { // is given in one read only
      String[] leastUsualMost = line.readLine().trim().split("\\s+");
      return Long.parseLong(leastUsualMost[2]);
    } catch (IOException e) {
      return ELSEWHERE;
    }
  }
}
