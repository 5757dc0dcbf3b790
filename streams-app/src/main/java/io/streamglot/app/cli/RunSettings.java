package io.streamglot.app.cli;

import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that {@code run} needs, checked.
 *
 * @param models folders of model bundles, at least one, without duplicates
 * @param topology topics and micro-batch
 * @param decoder how each model decodes
 * @param kafka settings of Kafka clients and Kafka Streams, with {@code bootstrap.servers}
 */
record RunSettings(
    List<Path> models,
    TopologySettings topology,
    DecoderSettings decoder,
    Map<String, String> kafka) {

  RunSettings {
    models = List.copyOf(models);
    kafka = Map.copyOf(kafka);
  }
}
