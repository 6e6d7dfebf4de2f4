package org.pipebridge.benchmarks;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;

/** One call of a servlet, without container and network: what remains is the adapter's own cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ServiceBenchmark {

  /** The work to do. */
  @Param({"plaintext", "routine", "later", "streaming", "staging"})
  public String workload = "";

  private final LightResponse response = new LightResponse();
  private LightRequest request = new LightRequest("");
  private Servlet bare = new PipelineServlet();
  private Servlet pipeline = bare;
  private @Nullable Runnable pending;

  /** Creates the two servlets of the workload. */
  @Setup
  public void create() throws Exception {
    Workload work =
        Workload.all(task -> pending = task).stream()
            .filter(each -> each.name().equals(workload))
            .findFirst()
            .orElseThrow();
    request = new LightRequest(work.query());
    bare = work.bare();
    ApplicationBuilder app = new ApplicationBuilder();
    work.pipeline().configure(app);
    ServletServer server = new ServletServer();
    server.start(new PipelineApplication(app.build()));
    pipeline = new PipelineServlet(server);
  }

  /** Calls the bare servlet. */
  @Benchmark
  public long bare() throws ServletException, IOException {
    return serve(bare);
  }

  /** Calls the pipeline. */
  @Benchmark
  public long pipeline() throws ServletException, IOException {
    return serve(pipeline);
  }

  private long serve(Servlet servlet) throws ServletException, IOException {
    servlet.service(request, response);
    Runnable later = pending;
    if (later != null) {
      pending = null;
      later.run();
    }
    return response.count();
  }
}
