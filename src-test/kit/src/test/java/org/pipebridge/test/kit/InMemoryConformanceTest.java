package org.pipebridge.test.kit;

/** The kit, as far as it needs no bytes, against the in-memory server. */
final class InMemoryConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return ServerUnderTest.inMemory();
  }
}
