package io.streamglot.app.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Describes and creates topics. Every method throws an {@link ExecutionException} with what Kafka
 * answered, a {@code TimeoutException} where it did not in time. Thread-safe.
 */
public final class TopicAdmin {
  private static final int POLL_MS = 20;
  private static final Config UNKNOWN = new Config(List.of());

  private final Admin admin;
  private final int limitMs;

  /**
   * Uses the client, and leaves closing it to others.
   *
   * @param limit how long each answer may take
   */
  public TopicAdmin(Admin admin, Duration limit) {
    this.admin = admin;
    this.limitMs = (int) limit.toMillis();
  }

  /** What there is of the topics. */
  public ClusterTopics describe(AppTopics topics) throws ExecutionException, InterruptedException {
    return describe(topics.names());
  }

  /** What there is of the topics of these names. */
  public ClusterTopics describe(List<String> names)
      throws ExecutionException, InterruptedException {
    int brokers =
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(limitMs)).nodes().get().size();
    Map<String, TopicDescription> found = found(names);
    Map<String, Config> configs = configs(List.copyOf(found.keySet()));
    Map<String, TopicState> states = new HashMap<>();
    found.forEach(
        (name, topic) ->
            states.put(
                name,
                TopicState.of(
                    name, topic.partitions().size(), fewestReplicas(topic), configs.get(name))));
    return new ClusterTopics(brokers, states);
  }

  /** What tells the cluster from others. */
  public String clusterId() throws ExecutionException, InterruptedException {
    return admin.describeCluster(new DescribeClusterOptions().timeoutMs(limitMs)).clusterId().get();
  }

  /** What tells a topic from others that had its name before; the topic exists. */
  public Uuid idOf(String topic) throws ExecutionException, InterruptedException {
    return found(List.of(topic)).get(topic).topicId();
  }

  private Map<String, TopicDescription> found(List<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> found = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(names, new DescribeTopicsOptions().timeoutMs(limitMs))
            .topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        found.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }

  private Map<String, Config> configs(List<String> names)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, KafkaFuture<Config>> answers =
        admin.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(limitMs)).values();
    Map<String, Config> configs = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
      configs.put(answer.getKey().name(), orUnknown(answer.getValue()));
    }
    return configs;
  }

  private static int fewestReplicas(TopicDescription topic) {
    return topic.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElseThrow();
  }

  /**
   * The topics to create, with as many of their replicas in sync as suits the number of them, which
   * the brokers may have to say.
   *
   * @param names some of the topics, none of which exists
   */
  public List<NewTopic> prepare(TopicPlan plan, AppTopics topics, List<String> names)
      throws ExecutionException, InterruptedException {
    List<NewTopic> asked = names.stream().map(name -> plan.newTopic(topics, name)).toList();
    return preview(asked).stream()
        .map(
            topic ->
                plan.withReplicationFactor(topic.replicationFactor())
                    .newTopic(topics, topic.name()))
        .toList();
  }

  /** What the topics would be if they were created; creates nothing. */
  public List<TopicState> preview(List<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    return send(topics, true);
  }

  /** Creates the topics, waits until a broker knows them, and says what they are. */
  public List<TopicState> create(List<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    List<TopicState> created = send(topics, false);
    awaitKnown(topics.stream().map(NewTopic::name).toList());
    return created;
  }

  /** The controller has answered; the brokers may not have heard yet. */
  private void awaitKnown(List<String> names) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
    while (!found(names).keySet().containsAll(names)) {
      if (System.nanoTime() > end) {
        throw new ExecutionException(new TimeoutException(names + " are not known to a broker"));
      }
      Thread.sleep(POLL_MS);
    }
  }

  private List<TopicState> send(List<NewTopic> topics, boolean validateOnly)
      throws ExecutionException, InterruptedException {
    CreateTopicsOptions options =
        new CreateTopicsOptions().timeoutMs(limitMs).validateOnly(validateOnly);
    CreateTopicsResult answer = admin.createTopics(topics, options);
    answer.all().get();
    List<TopicState> states = new ArrayList<>();
    for (NewTopic topic : topics) {
      Config config = orUnknown(answer.config(topic.name()));
      // Who may not see the settings does not hear the number of replicas either.
      int replicas =
          config.entries().isEmpty()
              ? topic.replicationFactor()
              : answer.replicationFactor(topic.name()).get();
      states.add(TopicState.of(topic.name(), topic.numPartitions(), replicas, config));
    }
    return states;
  }

  private static Config orUnknown(KafkaFuture<Config> answer)
      throws ExecutionException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return UNKNOWN;
      }
      throw e;
    }
  }
}
