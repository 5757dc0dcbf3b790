package io.streamglot.app.topics;

import io.streamglot.app.topology.StreamsDefaults;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What new topics are like.
 *
 * <table>
 *   <caption>Their settings</caption>
 *   <tr><td>{@code cleanup.policy}</td><td>{@code delete}: compaction would lose messages; of events
 *       that replace models {@code compact}: the last of each pair holds</td></tr>
 *   <tr><td>{@code retention.ms}</td><td>7 days; of failures 30, which people must look at</td></tr>
 *   <tr><td>{@code max.message.bytes}</td><td>Kafka's default for the source, whatever the broker's
 *       is; for the others twice that, so that what goes in fits on the way out</td></tr>
 *   <tr><td>{@code min.insync.replicas}</td><td>2 where there are three replicas or more: what is
 *       acknowledged outlives a broker, and the topic takes records without one; else 1</td></tr>
 * </table>
 *
 * @param partitions at least 1
 * @param replicationFactor at least 1, or {@link #DEFAULT_REPLICATION}
 * @param retention of all topics; empty for the defaults
 */
public record TopicPlan(int partitions, short replicationFactor, Optional<Retention> retention) {

  /** As many replicas as the brokers give a topic by default. */
  public static final short DEFAULT_REPLICATION = -1;

  private static final Retention RETENTION = Retention.days(7);
  private static final Retention FAILURES_RETENTION = Retention.days(30);

  /** Kafka's default of {@code max.message.bytes}. */
  private static final int SOURCE_MESSAGE_BYTES = 1_048_588;

  /** From so many replicas on two of them must have a record. */
  private static final int REPLICAS_FOR_TWO_IN_SYNC = 3;

  /** The topic of that name, one of the application's. */
  NewTopic newTopic(AppTopics topics, String name) {
    Map<String, String> settings = new HashMap<>();
    boolean ofEvents = topics.isOfEvents(name);
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        ofEvents ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    Retention usual = name.equals(topics.failures()) ? FAILURES_RETENTION : RETENTION;
    settings.put(
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.orElse(usual).milliseconds()));
    int mostBytes =
        name.equals(topics.source()) ? SOURCE_MESSAGE_BYTES : StreamsDefaults.MAX_REQUEST_BYTES;
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(mostBytes));
    if (replicationFactor != DEFAULT_REPLICATION) {
      int inSync = replicationFactor >= REPLICAS_FOR_TWO_IN_SYNC ? 2 : 1;
      settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(inSync));
    }
    return new NewTopic(name, ofEvents ? 1 : partitions, replicationFactor).configs(settings);
  }

  TopicPlan withReplicationFactor(int replicas) {
    return new TopicPlan(partitions, (short) replicas, retention);
  }
}
