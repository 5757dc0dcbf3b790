package io.streamglot.app.topology;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a task has to know of the settings that Kafka Streams runs it with.
 *
 * @param exactlyOnce whether outcomes and deletions from the store are parts of one transaction
 * @param busyLimit how long a thread may be busy with the batches of its tasks before Kafka takes
 *     its partitions or ends its transaction
 * @param threads stream threads of this instance, above 0
 */
record StreamSettings(boolean exactlyOnce, Duration busyLimit, int threads) {

  /**
   * Reads them.
   *
   * @param settings all of them, as the context of a processor has them
   */
  static StreamSettings of(Map<String, Object> settings) {
    var config = new StreamsConfig(settings);
    boolean exactlyOnce =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    long poll =
        milliseconds(
            config.getMainConsumerConfigs("", "", 0),
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            ConsumerConfig.configDef());
    // Kafka Streams takes up records it has until half of the interval has passed.
    long limit = poll / 2;
    if (exactlyOnce) {
      long transaction =
          milliseconds(
              config.getProducerConfigs(""),
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              ProducerConfig.configDef());
      // A transaction is that old already when its commit is due.
      long commit = config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
      limit = Math.min(limit, Math.max(0, transaction - commit));
    }
    return new StreamSettings(
        exactlyOnce,
        Duration.ofMillis(limit),
        config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG));
  }

  private static long milliseconds(Map<String, Object> client, String key, ConfigDef definition) {
    var value = client.containsKey(key) ? client.get(key) : definition.defaultValues().get(key);
    return Long.parseLong(value.toString());
  }
}
