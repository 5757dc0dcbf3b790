package io.streamglot.app.topology;

import io.streamglot.app.format.MessageReader;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.schemas.AvroSerdes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * From the topic of texts to the topics of translations and failures.
 *
 * <pre>{@code
 * source-text -> TranslateProcessor -> translations (one topic, or one for each language)
 *                        |         |-> translation-failures
 *                        |         `-> translations of candidates on trial, if there is a topic
 *                 pending (store and changelog), and models, where events replace them
 * }</pre>
 *
 * <p>Keys, headers and timestamps of the source record pass through; records of one key stay in
 * order.
 *
 * <p>Run it with the settings of {@link StreamsDefaults}, under {@code exactly_once_v2} or {@code
 * at_least_once}. Offsets are committed while their records still wait in the store; see {@link
 * PendingRecords} for when one may leave it.
 */
public final class TranslationTopology {

  static final String FAILURES = "failures-sink";
  static final String SHADOW = "shadow-sink";

  private static final String SOURCE = "source";
  private static final String TRANSLATE = "translate";

  private TranslationTopology() {}

  /**
   * As {@link #build(TopologySettings, Translators, Router, TopologyListener)}, by the defaults of
   * languages, and nobody listens.
   */
  public static Topology build(TopologySettings settings, Translators translators) {
    var router = new Router(translators.pairs(), LanguageSettings.defaults());
    return build(settings, translators, router, TopologyListener.NONE);
  }

  /**
   * Builds the topology; reads and changes nothing else, but that a registry, if the formats need
   * one, is asked for the schema of translations.
   *
   * @param settings topics and batches
   * @param translators who translates; must stay open while the topology runs
   * @param router to the pairs of the translators, none else
   * @param listener hears what is done
   * @throws io.streamglot.app.format.RegistryException if that fails
   */
  public static Topology build(
      TopologySettings settings,
      Translators translators,
      Router router,
      TopologyListener listener) {
    var bytes = new ByteArraySerializer();
    var topology = new Topology();
    topology.addSource(
        (AutoOffsetReset) null, // the user's setting
        SOURCE,
        (record, partitionTime) ->
            // A producer may leave the timestamp out (-1), which a stream refuses.
            record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        settings.sourceTopic());
    var pace = new DecodingPace();
    var translations = new TopicPattern(settings.translationsTopic());
    var translator =
        new BatchTranslator(
            router,
            MessageReader.of(settings.formats()),
            new TranslationCache(settings.cacheMaxBytes()),
            settings.keep(),
            listener);
    var writer =
        new OutcomeWriter(
            translations,
            TranslationWriter.of(settings.formats(), translations.topics(router.languages())));
    var shadowTopic = settings.rollouts().flatMap(RolloutTopics::shadow);
    var shadowWriter =
        shadowTopic.map(
            topic ->
                OutcomeWriter.shadow(
                    topic, TranslationWriter.of(settings.formats(), List.of(topic))));
    topology.addProcessor(
        TRANSLATE,
        () ->
            new TranslateProcessor(
                settings, translators, translator, writer, shadowWriter, pace, listener),
        SOURCE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(TranslateProcessor.STORE),
                Serdes.Integer(),
                AvroSerdes.pendingRecord())
            .withCachingEnabled()
            // An entry is a source record and a little more.
            .withLoggingEnabled(
                Map.of("max.message.bytes", Integer.toString(StreamsDefaults.MAX_REQUEST_BYTES))),
        TRANSLATE);
    topology.addStateStore(new CommitCounter.Builder(), TRANSLATE);
    for (var language : router.languages()) {
      topology.addSink(sink(language), translations.topic(language), bytes, bytes, TRANSLATE);
    }
    topology.addSink(FAILURES, settings.failuresTopic(), bytes, bytes, TRANSLATE);
    shadowTopic.ifPresent(topic -> topology.addSink(SHADOW, topic, bytes, bytes, TRANSLATE));
    if (settings.rollouts().isPresent()) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(TaskModels.STORE), Serdes.String(), Serdes.Long()),
          TRANSLATE);
    }
    return topology;
  }

  /** Name of the sink of translations into a language of the models. */
  static String sink(String language) {
    return "translations-sink-" + language;
  }
}
