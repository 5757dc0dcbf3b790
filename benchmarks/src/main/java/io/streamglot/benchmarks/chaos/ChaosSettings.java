package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.kafka.Guarantee;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run is.
 *
 * @param records to send, and more only until the scenario is through; a run of {@link
 *     Scenario#OUTAGE} sends until it has measured
 * @param keys conversations
 * @param partitions of each topic
 * @param instances of the program; {@link Scenario#SCALE} begins with one
 * @param brokers nodes of Kafka
 * @param kills how often something is ended
 * @param rate records a second, or 0 for a backlog at all times
 * @param seed decides who is ended when
 * @param set settings of each instance
 * @param brokerSet settings of each broker
 * @param model folder of the bundle
 * @param texts to take sentences from
 * @param control whether instances run without their store of waiting records
 * @param work folder for data and logs, empty
 */
public record ChaosSettings(
    Scenario scenario,
    Guarantee guarantee,
    int records,
    int keys,
    int partitions,
    int instances,
    int brokers,
    int kills,
    int rate,
    long seed,
    Map<String, String> set,
    Map<String, String> brokerSet,
    Path model,
    List<String> texts,
    boolean control,
    Path work) {

  /** Copies. */
  public ChaosSettings {
    set = Map.copyOf(set);
    brokerSet = Map.copyOf(brokerSet);
    texts = List.copyOf(texts);
  }

  boolean streamsProtocol() {
    return "streams".equalsIgnoreCase(set.get("group.protocol"));
  }
}
