package io.streamglot.app.topology;

import io.streamglot.schemas.AvroSerdes;
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
 * source-text -> TranslateProcessor -> translations
 *                        |         `-> translation-failures
 *                 pending (store and changelog)
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

  static final String TRANSLATIONS = "translations-sink";
  static final String FAILURES = "failures-sink";

  private static final String SOURCE = "source";
  private static final String TRANSLATE = "translate";

  private TranslationTopology() {}

  /** As {@link #build(TopologySettings, Translators, TopologyListener)}, and nobody listens. */
  public static Topology build(TopologySettings settings, Translators translators) {
    return build(settings, translators, TopologyListener.NONE);
  }

  /**
   * Builds the topology; reads and changes nothing else.
   *
   * @param settings topics and batches
   * @param translators who translates; must stay open while the topology runs
   * @param listener hears what is done
   */
  public static Topology build(
      TopologySettings settings, Translators translators, TopologyListener listener) {
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
    topology.addProcessor(
        TRANSLATE,
        () ->
            new TranslateProcessor(
                settings, new BatchTranslator(translators, settings.keep()), pace, listener),
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
    topology.addSink(TRANSLATIONS, settings.translationsTopic(), bytes, bytes, TRANSLATE);
    topology.addSink(FAILURES, settings.failuresTopic(), bytes, bytes, TRANSLATE);
    return topology;
  }
}
