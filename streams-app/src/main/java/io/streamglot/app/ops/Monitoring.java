package io.streamglot.app.ops;

import io.streamglot.app.topology.TopologyListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Metrics and health of the application, served over HTTP from {@link #start} to {@link #close}.
 *
 * <p>Until {@link #watch} is called the application counts as live and not ready. Thread-safe.
 */
public final class Monitoring implements AutoCloseable {
  private final PipelineMetrics metrics = new PipelineMetrics();
  private final Health health = new Health();
  private final MonitoringServer server;

  private Monitoring(InetSocketAddress address) throws IOException {
    server = new MonitoringServer(address, metrics, health);
  }

  /**
   * Begins to serve.
   *
   * @param address where to listen, resolved; port 0 is any that is free
   * @throws IOException if the address is taken, or not this machine's
   */
  public static Monitoring start(InetSocketAddress address) throws IOException {
    return new Monitoring(address);
  }

  /** Where metrics and health are served, with the port that was free. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Counts what the topology does; takes less than a microsecond a record. */
  public TopologyListener listener() {
    return metrics;
  }

  /**
   * Tells of the application from now on. Call it once.
   *
   * @param streams the application, started
   * @param sourceTopic the topic that it reads
   */
  public void watch(KafkaStreams streams, String sourceTopic) {
    metrics.include(streams, sourceTopic);
    health.watch(streams);
  }

  /** Serves no longer; the application may run on. */
  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
