package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import io.streamglot.app.topology.TopologySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A crash neither loses, nor repeats, nor reorders a translation. */
class ExactlyOnceTest {

  private static final int MESSAGES = 2_000;
  private static final int PARTITIONS = 4;
  private static final int COMMITTED_BEFORE_KILL = 200;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aRunKilledInTheMiddleAndRestartedTranslatesEachMessageOnceAndInOrder(@TempDir Path folder)
      throws Exception {
    try (var broker = Broker.start(folder.resolve("broker"), PARTITIONS);
        var translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES)) {
      var sent = Conversations.send(broker, MESSAGES);
      var received = new ArrayList<Message>();

      // A commit may slip in between looking and killing: then once more.
      int interrupted = 0;
      for (int kills = 1; interrupted == 0 && kills <= 5; kills++) {
        try (var app = startApp(broker)) {
          int before = received.size();
          Conversations.receive(translations, received, before + COMMITTED_BEFORE_KILL, app);
          interrupted = killInATransaction(app, broker);
        }
      }
      assertThat(interrupted).as("transactions open at the kill").isPositive();
      Conversations.drain(translations, received);
      assertThat(received).hasSizeBetween(COMMITTED_BEFORE_KILL, MESSAGES - 1);

      try (var last = startApp(broker)) {
        Conversations.receive(translations, received, MESSAGES, last);
        last.stop();
      }
      Conversations.drain(translations, received);

      assertThat(DeliveryCheck.violations(sent, received)).isEmpty();
      assertThat(received).hasSize(MESSAGES);
    }
  }

  private static AppProcess startApp(Broker broker) throws IOException {
    return AppProcess.start(
        broker, StreamsConfig.EXACTLY_ONCE_V2, TopologySettings.defaults().linger());
  }

  /** Kills the application while a transaction is open; returns how many still were after it. */
  private static int killInATransaction(AppProcess app, Broker broker) throws Exception {
    try (var admin = broker.admin()) {
      while (openTransactions(admin) == 0) {
        app.requireAlive();
      }
      app.kill();
      return openTransactions(admin);
    }
  }

  private static int openTransactions(Admin admin) throws Exception {
    return admin
        .listTransactions(
            new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
        .all()
        .get()
        .size();
  }
}
