package io.streamglot.benchmarks.streaming;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.topology.TopologySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;

/** A broker in this process, whose data goes when it is closed. */
public final class TemporaryBroker implements AutoCloseable {

  private final Path folder;
  private final EmbeddedBroker broker;

  private TemporaryBroker(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  /** Starts one where Java puts temporary files. */
  public static TemporaryBroker start() throws IOException {
    return start(Map.of());
  }

  /**
   * Starts one where Java puts temporary files.
   *
   * @param settings of Kafka's broker
   */
  static TemporaryBroker start(Map<String, String> settings) throws IOException {
    Path folder = Files.createTempDirectory("streamglot-bench-");
    try {
      return new TemporaryBroker(
          folder, EmbeddedBroker.start(folder.resolve("broker"), 0, settings));
    } catch (RuntimeException e) {
      Utils.delete(folder.toFile());
      throw e;
    }
  }

  String servers() {
    return broker.bootstrapServers();
  }

  /** For files of those who use the broker; removed with it. */
  Path folder() {
    return folder;
  }

  void createTopics(TopologySettings topics, int partitions) {
    broker.createTopics(
        partitions, topics.sourceTopic(), topics.translationsTopic(), topics.failuresTopic());
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers()));
  }

  @Override
  public void close() throws IOException {
    broker.close();
    Utils.delete(folder.toFile());
  }
}
