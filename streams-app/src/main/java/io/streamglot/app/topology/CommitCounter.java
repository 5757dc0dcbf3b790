package io.streamglot.app.topology;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Counts the commits of a task: a store without entries, since Kafka Streams tells the stores of a
 * task when it has committed.
 *
 * <p>Under {@code at_least_once} a count that has grown says that all that was forwarded before
 * reached its topics: a commit first flushes the producer, and fails if one record was refused.
 * Three limits:
 *
 * <ul>
 *   <li>Under {@code exactly_once_v2} Kafka Streams is silent about most commits.
 *   <li>While a stream thread stops, it tells of a commit even if that failed: the count means
 *       nothing in {@code close} of a processor.
 *   <li>It grows while the task's stores are restored, too, before the task has sent anything.
 * </ul>
 *
 * <p>Used by the thread that has the task.
 */
final class CommitCounter implements StateStore {

  /** Name of the store. */
  static final String STORE = "commits";

  private long count;
  private boolean open;

  /** Commits so far. */
  long count() {
    return count;
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    count++;
  }

  @Override
  public String name() {
    return STORE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Makes a counter for each task; there is nothing to cache and nothing to log. */
  static final class Builder implements StoreBuilder<CommitCounter> {

    @Override
    public CommitCounter build() {
      return new CommitCounter();
    }

    @Override
    public String name() {
      return STORE;
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public StoreBuilder<CommitCounter> withCachingEnabled() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<CommitCounter> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitCounter> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<CommitCounter> withLoggingDisabled() {
      return this;
    }
  }
}
