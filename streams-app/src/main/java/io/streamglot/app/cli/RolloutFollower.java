package io.streamglot.app.cli;

import io.streamglot.app.rollout.BundleFolder;
import io.streamglot.app.rollout.ModelsTopic;
import io.streamglot.app.rollout.Rollouts;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.bundle.ModelBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** The {@link Rollouts} of {@code run}, if its settings have a topic for them. */
final class RolloutFollower implements AutoCloseable {
  private final Optional<Rollouts> rollouts;

  private RolloutFollower(Optional<Rollouts> rollouts) {
    this.rollouts = rollouts;
  }

  /**
   * Follows the events that there are, and goes on in the background.
   *
   * @param bundles that are configured
   * @param translators of these; closed here if the start fails
   * @param kafka settings of Kafka Streams
   * @throws UserErrorException if the events cannot be read
   */
  static RolloutFollower start(
      RunSettings settings,
      List<ModelBundle> bundles,
      Translators translators,
      Properties kafka,
      TopologyListener listener) {
    Optional<RolloutTopics> topics = settings.topology().rollouts();
    if (topics.isEmpty()) {
      return new RolloutFollower(Optional.empty());
    }
    try {
      return new RolloutFollower(
          Optional.of(
              Rollouts.start(
                  topic(new StreamsConfig(kafka), topics.get().models()),
                  bundleFolder(settings),
                  bundles,
                  translators,
                  topics.get().shadow().isPresent(),
                  KafkaAccess.LIMIT,
                  listener)));
    } catch (KafkaException e) {
      translators.close();
      throw refused(topics.get().models(), e);
    }
  }

  /** The folder of the bundles that events may name. */
  static BundleFolder bundleFolder(RunSettings settings) {
    Path folder = settings.rolloutBundles().orElseThrow();
    return new BundleFolder(folder, bundle -> Models.warmTranslator(bundle, settings.decoder()));
  }

  /** The topic of events, of which nothing is read yet. */
  static ModelsTopic topic(StreamsConfig kafka, String name) {
    Map<String, Object> consumer = KafkaAccess.readerSettings(kafka, "streamglot-rollouts");
    // Of a topic that was made anew all events are to be read.
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new ModelsTopic(
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        name);
  }

  static UserErrorException refused(String topic, KafkaException problem) {
    return new UserErrorException(
        "%s '%s': expected a Kafka that gives and takes events, actual: %s"
            .formatted(Setting.MODELS_TOPIC.key(), topic, Causes.root(problem).getMessage()));
  }

  @Override
  public void close() {
    rollouts.ifPresent(Rollouts::close);
  }
}
