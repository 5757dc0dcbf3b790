package io.streamglot.app.cli;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.translator.decode.DecoderSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that {@code run} needs, checked.
 *
 * @param models folders of model bundles, or of folders of them, at least one, without duplicates
 * @param lazyModels whether each model is loaded by its first text
 * @param topology topics and micro-batch
 * @param rolloutBundles folder of the bundles that events name; there if the topology has rollouts
 * @param languages what is taken for the language of a text whose sender names none
 * @param decoder how each model decodes
 * @param http where metrics and health are served, resolved; empty if they are not
 * @param jsonLog whether the log is JSON
 * @param kafka settings of Kafka clients and Kafka Streams, with {@code bootstrap.servers}
 * @param warnings lines about what may be a mistake
 */
record RunSettings(
    List<Path> models,
    boolean lazyModels,
    TopologySettings topology,
    Optional<Path> rolloutBundles,
    LanguageSettings languages,
    DecoderSettings decoder,
    Optional<InetSocketAddress> http,
    boolean jsonLog,
    Map<String, String> kafka,
    List<String> warnings) {

  RunSettings {
    models = List.copyOf(models);
    kafka = Map.copyOf(kafka);
    warnings = List.copyOf(warnings);
  }
}
