package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A crash neither loses, nor repeats, nor reorders a translation. */
class ExactlyOnceTest {

  private static final int MESSAGES = 2_000;
  private static final int KEYS = 20;
  private static final int PARTITIONS = 4;
  private static final int COMMITTED_BEFORE_KILL = 200;

  private static final List<String> SENTENCES =
      List.of(
          "How are you?",
          "I love you.",
          "Where is the station?",
          "It is raining.",
          "She has two dogs.",
          "What time is it?",
          "He does not know.",
          "We are hungry.",
          "Thank you very much.",
          "I will be there tomorrow.");

  private final List<Process> apps = new ArrayList<>();

  @AfterEach
  void leaveNoProcessBehind() {
    apps.forEach(Process::destroyForcibly);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aRunKilledInTheMiddleAndRestartedTranslatesEachMessageOnceAndInOrder(@TempDir Path folder)
      throws Exception {
    try (var broker = Broker.start(folder.resolve("broker"), PARTITIONS);
        var translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES)) {
      var sent = send(broker);
      var received = new ArrayList<Message>();

      // A commit may slip in between looking and killing: then once more.
      int interrupted = 0;
      for (int kills = 1; interrupted == 0 && kills <= 5; kills++) {
        var app = startApp(broker);
        receive(translations, received, received.size() + COMMITTED_BEFORE_KILL, app);
        interrupted = killInATransaction(app, broker);
        assertThat(app.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
      }
      assertThat(interrupted).as("transactions open at the kill").isPositive();
      drain(translations, received);
      assertThat(received).hasSizeBetween(COMMITTED_BEFORE_KILL, MESSAGES - 1);

      var last = startApp(broker);
      receive(translations, received, MESSAGES, last);
      last.getOutputStream().close();
      assertThat(last.waitFor()).as("exit code of the last run").isZero();
      drain(translations, received);

      assertThat(DeliveryCheck.violations(sent, received)).isEmpty();
      assertThat(received).hasSize(MESSAGES);
    }
  }

  private static List<Message> send(Broker broker) throws Exception {
    var sent = new ArrayList<Message>();
    var acknowledged = new ArrayList<Future<RecordMetadata>>();
    var serde = AvroSerdes.sourceText();
    try (var producer = broker.producer()) {
      for (int i = 0; i < MESSAGES; i++) {
        var message = new Message("conversation-" + i % KEYS, "message-" + i);
        var text =
            new SourceText(
                message.id(),
                SENTENCES.get(i % SENTENCES.size()),
                "en",
                List.of("fr"),
                Instant.now(),
                Map.of());
        acknowledged.add(
            producer.send(
                new ProducerRecord<>(
                    Broker.SOURCE, message.key(), serde.serialize(Broker.SOURCE, text))));
        sent.add(message);
      }
      for (var record : acknowledged) {
        record.get();
      }
    }
    return sent;
  }

  private Process startApp(Broker broker) throws IOException {
    var app =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                TranslateApp.class.getName(),
                broker.bootstrapServers(),
                Model.FOLDER.toString())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    apps.add(app);
    return app;
  }

  /** Reads until there are {@code count} messages in all, while the application lives. */
  private static void receive(
      KafkaConsumer<String, byte[]> consumer, List<Message> received, int count, Process app) {
    while (received.size() < count) {
      assertThat(app.isAlive()).as("application is running").isTrue();
      poll(consumer, received);
    }
  }

  /** Reads all that is committed by now. */
  private static void drain(KafkaConsumer<String, byte[]> consumer, List<Message> received) {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(consumer, received);
    }
  }

  private static void poll(KafkaConsumer<String, byte[]> consumer, List<Message> received) {
    for (var record : consumer.poll(Duration.ofMillis(20))) {
      assertThat(record.topic()).isEqualTo(Broker.TRANSLATIONS);
      var translation = AvroSerdes.translation().deserialize(record.topic(), record.value());
      received.add(new Message(record.key(), translation.getMessageId()));
    }
  }

  /** Kills the application while a transaction is open; returns how many still were after it. */
  private static int killInATransaction(Process app, Broker broker) throws Exception {
    try (var admin = broker.admin()) {
      while (openTransactions(admin) == 0) {
        assertThat(app.isAlive()).as("application is running").isTrue();
      }
      app.destroyForcibly().waitFor();
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
