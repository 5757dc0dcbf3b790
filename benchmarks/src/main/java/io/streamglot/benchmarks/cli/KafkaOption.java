package io.streamglot.benchmarks.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * {@code --kafka}, settings of Kafka Streams that a measurement of the stream takes over its own.
 */
final class KafkaOption {

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "A setting of Kafka Streams or its clients; may be given again.")
  private Map<String, String> settings = new TreeMap<>();

  /** What was given. */
  Map<String, String> settings() {
    return settings;
  }

  /** As the description of a measurement says it: nothing where none was given. */
  @Override
  public String toString() {
    return settings.isEmpty() ? "" : "; " + settings;
  }
}
