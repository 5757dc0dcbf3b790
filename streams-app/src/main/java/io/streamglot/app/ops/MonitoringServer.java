package io.streamglot.app.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code GET} and {@code HEAD} of {@code /metrics}, {@code /health/live} and {@code
 * /health/ready}: 200, or 503 where the application is not live or not ready. Says nothing else.
 */
final class MonitoringServer implements AutoCloseable {

  /** So that a slow reader of the metrics does not hold up the health. */
  private static final int THREADS = 2;

  /** Of the JDK's server; read when its first instance is made. Who stalls would hold a thread. */
  private static final String LIMIT_SECONDS = "10";

  static {
    System.setProperty("sun.net.httpserver.maxReqTime", LIMIT_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", LIMIT_SECONDS);
  }

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final PipelineMetrics metrics;
  private final Health health;
  private final HttpServer server;
  private final ExecutorService threads;

  private record Answer(int status, String type, String text) {}

  /**
   * Listens at once.
   *
   * @throws IOException if the address is taken, or not this machine's
   */
  MonitoringServer(InetSocketAddress address, PipelineMetrics metrics, Health health)
      throws IOException {
    this.metrics = metrics;
    this.health = health;
    server = HttpServer.create(address, 0);
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "monitoring");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens, with the port that it got. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      Answer answer =
          head || method.equals("GET")
              ? answer(exchange.getRequestURI().getPath())
              : new Answer(405, PLAIN_TEXT, "expected GET or HEAD\n");
      byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(String path) {
    return switch (path) {
      case "/metrics" -> new Answer(200, PROMETHEUS_TEXT, metrics.text());
      case "/health/live" -> health(health.isLive(), "live");
      case "/health/ready" -> health(health.isReady(), "ready");
      default -> new Answer(404, PLAIN_TEXT, "expected /metrics, /health/live or /health/ready\n");
    };
  }

  private static Answer health(boolean good, String what) {
    return good
        ? new Answer(200, PLAIN_TEXT, what + "\n")
        : new Answer(503, PLAIN_TEXT, "not " + what + "\n");
  }

  /** Frees the port; who is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
