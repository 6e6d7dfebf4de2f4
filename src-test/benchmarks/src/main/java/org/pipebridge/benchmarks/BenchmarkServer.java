package org.pipebridge.benchmarks;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.pipebridge.servlet.PipelineServlet;

/** One Jetty that has each workload twice. */
final class BenchmarkServer {

  /**
   * Enough for the connections of a client, and never fewer: a thread that ends takes its count.
   */
  private static final int THREADS = 20;

  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(BenchmarkServer::daemon);
  private final List<Workload> workloads =
      Workload.all(task -> later.schedule(task, 1, TimeUnit.MILLISECONDS));
  private final Server server = new Server(new QueuedThreadPool(THREADS, THREADS));
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  BenchmarkServer() throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    for (Workload workload : workloads) {
      add(context, workload.path(false), workload.bare());
      add(context, workload.path(true), new PipelineServlet(workload.pipeline()));
    }
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
  }

  private static void add(ServletContextHandler context, String path, Servlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "later");
    thread.setDaemon(true);
    return thread;
  }

  List<Workload> workloads() {
    return workloads;
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Serves until it is terminated, and says where. */
  public static void main(String[] arguments) throws Exception {
    BenchmarkServer started = new BenchmarkServer();
    System.out.println("listening on 127.0.0.1:" + started.port());
    started.server.join();
  }
}
