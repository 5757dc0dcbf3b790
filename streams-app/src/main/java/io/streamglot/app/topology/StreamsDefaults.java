package io.streamglot.app.topology;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of Kafka Streams under which the topology translates exactly once, unless asked
 * otherwise, and answers a chat within some tens of milliseconds.
 *
 * <table>
 *   <caption>Where they differ from Kafka's own defaults</caption>
 *   <tr><td>{@code processing.guarantee}</td><td>{@code exactly_once_v2}; or {@code
 *       at_least_once}, which repeats after a crash what was sent since the last commit, and
 *       answers sooner</td></tr>
 *   <tr><td>{@code commit.interval.ms}</td><td>100; when idle, a batch commits at once</td></tr>
 *   <tr><td>{@code poll.ms}</td><td>5: bounds how late the batch's timer fires when idle</td></tr>
 *   <tr><td>{@code linger.ms}</td><td>0: the topology has batched already</td></tr>
 *   <tr><td>{@code max.request.size}</td><td>{@value #MAX_REQUEST_BYTES} bytes; must not be less,
 *       since records up to nearly this size wait in the store</td></tr>
 *   <tr><td>{@code transaction.timeout.ms}</td><td>10000: how long a crash holds up readers of
 *       committed records; batches are cut to fit into it</td></tr>
 *   <tr><td>{@code session.timeout.ms}</td><td>6000: how long until another instance takes over;
 *       left to the broker under {@code group.protocol=streams}, as is the next</td></tr>
 *   <tr><td>{@code heartbeat.interval.ms}</td><td>1000: how long until that other instance hears
 *       of it</td></tr>
 *   <tr><td>{@code isolation.level}</td><td>{@code read_committed} under {@code at_least_once}
 *       too</td></tr>
 * </table>
 */
public final class StreamsDefaults {

  /**
   * Largest request to a broker, in bytes. Twice Kafka's default, since an entry of the changelog
   * holds a source record, up to Kafka's default of 1 MiB, and where it came from. Records that
   * were sent compressed can be larger: those that do not fit fail as {@code TOO_LARGE}.
   */
  public static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

  /**
   * Largest translation or failure that is sent, in bytes: key, headers and value, which are fewer
   * than Kafka's default for a topic, and with ample room what Kafka adds to a record.
   */
  public static final int MAX_OUTCOME_BYTES = OutcomeWriter.MAX_RECORD_BYTES + 1_024;

  private StreamsDefaults() {}

  /**
   * The defaults with the user's settings over them.
   *
   * @param userSettings any setting of Kafka Streams or its clients, with or without the prefix of
   *     a client; at least {@code bootstrap.servers}
   * @return new properties for {@code KafkaStreams}
   */
  public static Properties with(Map<String, ?> userSettings) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "streamglot");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100");
    properties.put(StreamsConfig.POLL_MS_CONFIG, "5");
    // Client settings go without a prefix here, so that the user's win with and without one.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000");
    if (!"streams"
        .equalsIgnoreCase(String.valueOf(userSettings.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)))) {
      properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000");
      properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000");
    }
    // Kafka Streams asks for it under exactly_once_v2 alone. Without it, what a transaction took
    // back would count: texts of a retry that was killed, entries of an exactly-once run before.
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putAll(userSettings);
    return properties;
  }
}
