package io.streamglot.benchmarks.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * What the brokers know: leaders, replicas, transactions, who has which partition. Asks again while
 * a broker is away. For one thread.
 */
final class ClusterView implements AutoCloseable {

  /** How long a question may go unanswered. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Admin admin;
  private final String group;
  private final boolean streamsProtocol;

  /**
   * Connects.
   *
   * @param group the program's {@code application.id}
   * @param streamsProtocol whether the group is one of {@code group.protocol=streams}
   */
  ClusterView(String bootstrapServers, String group, boolean streamsProtocol) {
    this.group = group;
    this.streamsProtocol = streamsProtocol;
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                20_000));
  }

  /**
   * An open transaction.
   *
   * @param startMs when it began, in milliseconds since 1970
   * @param coordinator the broker that leads its partition of the transaction log
   * @param partitions that it has written to
   */
  record OpenTransaction(String id, long startMs, int coordinator, Set<TopicPartition> partitions) {

    /** Milliseconds since it began. */
    long ageMs() {
      return System.currentTimeMillis() - startMs;
    }
  }

  /** Why there are not yet so many brokers; empty if there are. */
  Optional<String> withoutBrokers(int count) throws InterruptedException {
    int actual = ask(() -> admin.describeCluster().nodes().get().size());
    return actual == count ? Optional.empty() : Optional.of(actual + " brokers");
  }

  /** A partition that has replicas out of sync, or no leader; empty if there is none. */
  Optional<String> outOfSync() throws InterruptedException {
    return partition(
        partition ->
            partition.leader() == null || partition.isr().size() < partition.replicas().size());
  }

  /** A partition that has this broker in sync; empty if there is none. */
  Optional<String> inSync(int broker) throws InterruptedException {
    return partition(
        partition -> partition.isr().stream().anyMatch(replica -> replica.id() == broker));
  }

  private Optional<String> partition(Predicate<TopicPartitionInfo> wanted)
      throws InterruptedException {
    return ask(this::topics).stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .filter(wanted)
                    .map(partition -> topic.name() + "-" + partition.partition()))
        .findFirst();
  }

  /** The broker that leads a partition. */
  int leader(String topic, int partition) throws InterruptedException {
    return ask(
        () ->
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .get(partition)
                .leader()
                .id());
  }

  /** The broker that leads the controllers. */
  int controller() throws InterruptedException {
    return ask(() -> admin.describeMetadataQuorum().quorumInfo().get().leaderId());
  }

  /** The broker that looks after a transactional id; empty if there is no such id. */
  Optional<Integer> coordinator(String transactionalId) throws InterruptedException {
    return describe(transactionalId).map(TransactionDescription::coordinatorId);
  }

  /** The first of the ids whose transaction is open and has written something. */
  Optional<OpenTransaction> openTransaction(Collection<String> transactionalIds)
      throws InterruptedException {
    for (String id : transactionalIds) {
      Optional<TransactionDescription> found = describe(id);
      if (found.isPresent()
          && found.get().state() == TransactionState.ONGOING
          && !found.get().topicPartitions().isEmpty()) {
        return Optional.of(
            new OpenTransaction(
                id,
                found.get().transactionStartTimeMs().orElse(-1),
                found.get().coordinatorId(),
                found.get().topicPartitions()));
      }
    }
    return Optional.empty();
  }

  /** A transaction that is open or being finished; empty if there is none. */
  Optional<String> unfinishedTransaction() throws InterruptedException {
    ListTransactionsOptions unfinished =
        new ListTransactionsOptions()
            .filterStates(
                List.of(
                    TransactionState.ONGOING,
                    TransactionState.PREPARE_COMMIT,
                    TransactionState.PREPARE_ABORT));
    return ask(() -> admin.listTransactions(unfinished).all().get()).stream()
        .findFirst()
        .map(found -> found.transactionalId() + " is " + found.state());
  }

  /** Says which instance a member of the group is, by its client id and what it is, if static. */
  @FunctionalInterface
  interface Naming {
    int numberOf(String clientId, String staticMember);
  }

  /** The source partitions of each instance, by its number; instances without any are absent. */
  Map<Integer, Set<Integer>> assignment(Naming naming) throws InterruptedException {
    return ask(
        () -> {
          Map<Integer, Set<Integer>> partitions = new TreeMap<>();
          try {
            if (streamsProtocol) {
              var members =
                  admin.describeStreamsGroups(List.of(group)).all().get().get(group).members();
              for (var member : members) {
                int number = naming.numberOf(member.clientId(), member.instanceId().orElse(null));
                for (var task : member.assignment().activeTasks()) {
                  task.partitions().forEach(partition -> add(number, partition, partitions));
                }
              }
            } else {
              var members =
                  admin.describeConsumerGroups(List.of(group)).all().get().get(group).members();
              for (var member : members) {
                int number =
                    naming.numberOf(member.clientId(), member.groupInstanceId().orElse(null));
                for (TopicPartition partition : member.assignment().topicPartitions()) {
                  add(number, partition.partition(), partitions);
                }
              }
            }
          } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
              throw e;
            }
          }
          return partitions;
        });
  }

  private static void add(int number, int partition, Map<Integer, Set<Integer>> partitions) {
    partitions.computeIfAbsent(number, instance -> new TreeSet<>()).add(partition);
  }

  /** A line for each topic: partitions, replicas, how many must be in sync. */
  List<String> topicLines() throws InterruptedException {
    return ask(
        () -> {
          List<String> lines = new ArrayList<>();
          for (TopicDescription topic : topics()) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            lines.add(
                "%s: %d partitions, %d replicas, min ISR %s"
                    .formatted(
                        topic.name(),
                        topic.partitions().size(),
                        topic.partitions().get(0).replicas().size(),
                        config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value()));
          }
          return lines;
        });
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  private List<TopicDescription> topics() throws ExecutionException, InterruptedException {
    Set<String> names =
        new TreeSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get());
    return new TreeMap<>(admin.describeTopics(names).allTopicNames().get())
        .values().stream().toList();
  }

  private Optional<TransactionDescription> describe(String transactionalId)
      throws InterruptedException {
    return ask(
        () -> {
          try {
            return Optional.of(
                admin
                    .describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get());
          } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static <T> T ask(Callable<T> question) throws InterruptedException {
    Patience patience = new Patience(LIMIT);
    while (true) {
      try {
        return question.call();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        if (!(cause instanceof RetriableException) || patience.isOver()) {
          throw new IllegalStateException("Kafka: expected an answer, actual " + cause, cause);
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }
}
