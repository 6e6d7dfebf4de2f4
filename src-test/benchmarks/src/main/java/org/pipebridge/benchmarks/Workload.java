package org.pipebridge.benchmarks;

import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.concurrent.Executor;
import org.pipebridge.hosting.Startup;

/**
 * Work that is done twice: by a pipeline and by a bare servlet.
 *
 * @param name what it is called on the command line and in tables
 * @param query the query of its requests, or ""
 * @param pipeline the one
 * @param bare the other
 * @param bar how many bytes the pipeline may allocate more for a request: what is reached, with a
 *     little room; the goals are 512, and 768 for a stage that completes later
 * @param requests how many requests a round of the allocation gate has
 */
record Workload(
    String name, String query, Startup pipeline, HttpServlet bare, int bar, int requests) {

  private static final int CHUNKS = 1000;

  /** Returns all; the executor runs what it is given when the container's thread has left. */
  static List<Workload> all(Executor later) {
    return List.of(
        new Workload("plaintext", "", new Plaintext(), new Plaintext.Bare(), 480, 20_000),
        new Workload("routine", "?" + Routine.QUERY, new Routine(), new Routine.Bare(), 0, 20_000),
        new Workload("later", "", new Later(later), new Later.Bare(later), 740, 8_000),
        // the smallest object has 16 bytes, so that one for each chunk is far beyond the bar
        streaming("streaming", Streaming.Kind.WRITE, 1_000),
        streaming("flushing", Streaming.Kind.FLUSH, 200),
        streaming("staging", Streaming.Kind.STAGE, 1_000));
  }

  private static Workload streaming(String name, Streaming.Kind kind, int requests) {
    return new Workload(
        name, "", new Streaming(kind, CHUNKS), new Streaming.Bare(kind, CHUNKS), 560, requests);
  }

  /** Returns the target of a request to the pipeline or to the bare servlet. */
  String target(boolean toPipeline) {
    return path(toPipeline) + query;
  }

  /** Returns what the one or the other is mapped to: as long, so that it costs Jetty the same. */
  String path(boolean ofPipeline) {
    return (ofPipeline ? "/pipe/" : "/bare/") + name;
  }
}
