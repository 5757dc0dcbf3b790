package io.streamglot.app.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for {@link AbandonedTransactions} while an application rebalances, and once more after
 * that, on a thread of its own. Whatever goes wrong is a warning, once: without it such a
 * transaction ends as well, only later.
 *
 * <p>Thread-safe; no method but {@link #close} waits.
 */
final class RebalanceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RebalanceWatch.class);

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** How long each answer of Kafka may take, and the end of the thread. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Admin admin;
  private final AbandonedTransactions transactions;
  private final Thread thread = new Thread(this::run, "rebalance-watch");
  private boolean rebalancing;
  private long rebalances;
  private long settled;
  private boolean warned;

  private RebalanceWatch(Admin admin, AbandonedTransactions transactions) {
    this.admin = admin;
    this.transactions = transactions;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits for the first rebalance.
   *
   * @param settings of Kafka Streams, which it has accepted
   * @return empty without transactions, or if Kafka Streams does not tell its process
   */
  static Optional<RebalanceWatch> of(KafkaStreams streams, Properties settings) {
    StreamsConfig config = new StreamsConfig(settings);
    if (!StreamsConfig.EXACTLY_ONCE_V2.equals(
        config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))) {
      return Optional.empty();
    }
    return process(streams)
        .map(
            process -> {
              String application = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
              Admin admin =
                  Admin.create(
                      config.getAdminConfigs("%s-%s-transactions".formatted(application, process)));
              return new RebalanceWatch(
                  admin,
                  new AbandonedTransactions(
                      admin,
                      application,
                      "streams"
                          .equalsIgnoreCase(config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG)),
                      process,
                      LIMIT));
            });
  }

  /** The client id tells it too, but may be the user's. */
  private static Optional<String> process(KafkaStreams streams) {
    return streams.metrics().keySet().stream()
        .map(MetricName::tags)
        .filter(tags -> tags.containsKey("process-id"))
        .map(tags -> tags.get("process-id"))
        .findFirst();
  }

  /** Hears what the application does now. */
  synchronized void hear(KafkaStreams.State state) {
    rebalancing = state == KafkaStreams.State.REBALANCING;
    if (rebalancing) {
      rebalances++;
      notifyAll();
    }
  }

  private void run() {
    try {
      while (true) {
        OptionalLong over = awaitRebalance();
        boolean answered = look();
        if (over.isPresent() && answered) {
          settled = over.getAsLong();
        } else {
          Thread.sleep(PAUSE.toMillis());
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Waits until there is something to look for; returns the rebalance if it is over. */
  private synchronized OptionalLong awaitRebalance() throws InterruptedException {
    while (settled == rebalances) {
      wait();
    }
    return rebalancing ? OptionalLong.empty() : OptionalLong.of(rebalances);
  }

  /** Returns false if it is worth while to ask again. */
  private boolean look() throws InterruptedException {
    try {
      transactions.fence();
      return true;
    } catch (ExecutionException e) {
      warn(e.getCause());
      return !(e.getCause() instanceof RetriableException);
    } catch (AbandonedTransactions.UnknownProcessException | RuntimeException e) {
      warn(e);
      return true;
    }
  }

  private void warn(Throwable problem) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "transactions that a killed instance leaves open last until their timeout: {}",
          FaultPolicy.reason(problem));
    }
  }

  /** Looks no longer. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ZERO);
  }
}
