package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the transaction that an instance leaves open. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TakeoverTest {

  private static final int MESSAGES = 4_000;

  /** Takes longer than the start of an instance. */
  private static final int BACKLOG = 10_000;

  private static final int PARTITIONS = 4;
  private static final int COMMITTED_BEFORE = 100;
  private static final String GROUP = "streamglot";
  private static final String FENCED = "fenced the open transaction of an instance that is gone: ";

  private static final String NOT_FENCED =
      "transactions that a killed instance leaves open last until their timeout: ";

  /** Long after the session timeout, 6 s, and the work that is left. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(4);

  private static final Duration ALLOWED = Duration.ofMinutes(1);

  private static final Duration SEVERAL_COMMITS = Duration.ofMillis(600);

  @TempDir private Path folder;

  private final List<Message> sent = new ArrayList<>();
  private final List<Message> received = new ArrayList<>();
  private Broker broker;
  private Admin admin;
  private KafkaConsumer<String, byte[]> translations;

  @BeforeEach
  void start() {
    broker = Broker.start(folder.resolve("broker"), PARTITIONS);
    admin = broker.admin();
    translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES);
  }

  @AfterEach
  void stop() {
    translations.close();
    admin.close();
    broker.close();
  }

  @Test
  void anotherInstanceEndsItLongBeforeItsTimeout() throws Exception {
    send(COMMITTED_BEFORE);
    try (var survivor = start("survivor")) {
      receiveTheRest(survivor);
      String left = leftOpenBeside(survivor);

      receiveTheRest(survivor);

      awaitFenced(left, "survivor");
      survivor.terminate();
    }
    assertThat(deliveryViolations()).isEmpty();
  }

  @Test
  void anInstanceThatIsStartedAgainAtOnceEndsItToo() throws Exception {
    send(MESSAGES);
    String left = leftOpen("killed");
    try (var again = start("again")) {
      receiveTheRest(again);

      awaitFenced(left, "again");
      again.terminate();
    }
    assertThat(deliveryViolations()).isEmpty();
  }

  /** In the group a static member has the client id of its first life, which is gone. */
  @Test
  void aStaticMemberThatCameBackIsNotTakenForItsLifeBefore() throws Exception {
    send(COMMITTED_BEFORE);
    try (var first = start("first life", Map.of("group.instance.id", "a"))) {
      receiveTheRest(first);
      first.terminate();
    }
    try (var one = start("second life", Map.of("group.instance.id", "a"))) {
      send(COMMITTED_BEFORE);
      receiveTheRest(one);
      send(BACKLOG); // so that transactions are open while the other joins
      try (var other = start("other", Map.of("group.instance.id", "b"))) {
        receiveTheRest(one);
        awaitMembers(2);
        other.terminate();
      }
      one.terminate();
    }
    assertThat(log("second life") + log("other")).contains(NOT_FENCED).doesNotContain(FENCED);
    assertThat(deliveryViolations()).isEmpty();
  }

  @Test
  void instancesThatComeAndGoFenceNoneThatIsInTheGroup() throws Exception {
    send(MESSAGES);
    try (var one = start("one")) {
      Conversations.receive(translations, received, COMMITTED_BEFORE, one);
      for (String guest : List.of("guest", "second guest")) {
        try (var other = start(guest)) {
          awaitMembers(2);
          int more = Math.min(MESSAGES, received.size() + COMMITTED_BEFORE); // it may be fast
          Conversations.receive(translations, received, more, one);
          other.terminate();
        }
        assertThat(log(guest)).doesNotContain("fence");
      }
      receiveTheRest(one);
      one.terminate();
    }
    assertThat(log("one")).doesNotContain("fence");
    assertThat(deliveryViolations()).isEmpty();
  }

  private void send(int count) throws Exception {
    sent.addAll(Conversations.send(broker, sent.size(), count));
  }

  private List<String> deliveryViolations() {
    Conversations.drain(translations, received);
    return DeliveryCheck.violations(sent, received);
  }

  private AppProcess start(String name) throws IOException {
    return start(name, Map.of());
  }

  private AppProcess start(String name, Map<String, String> settings) throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("application.id", GROUP);
    all.put("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()));
    all.put("streamglot.decoder.threads", "1");
    return AppProcess.startProgram(broker, folder.resolve(name), all);
  }

  private void receiveTheRest(AppProcess app) {
    Instant start = Instant.now();
    Conversations.receive(translations, received, sent.size(), app);
    assertThat(Duration.between(start, Instant.now())).isLessThan(ALLOWED);
  }

  /** It may have written nothing that a reader of translations waits for. */
  private void awaitFenced(String transaction, String app) throws Exception {
    Instant start = Instant.now();
    while (!log(app).contains(FENCED + transaction)) {
      assertThat(Duration.between(start, Instant.now())).isLessThan(ALLOWED);
      Thread.sleep(10);
    }
    assertThat(openTransactions()).doesNotContain(transaction);
  }

  private void awaitMembers(int count) throws Exception {
    while (assignedMembers() < count) {
      Thread.sleep(10); // the timeout of the test ends it
    }
  }

  private long assignedMembers() throws Exception {
    return members().stream()
        .filter(member -> !member.assignment().topicPartitions().isEmpty())
        .count();
  }

  private List<MemberDescription> members() throws Exception {
    return List.copyOf(
        admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP).members());
  }

  /**
   * Starts an instance and kills it while its transaction is open; again, if a commit slips in.
   *
   * @return the id of the transaction that it left open
   */
  private String leftOpen(String name) throws Exception {
    for (int kills = 1; kills <= 5; kills++) {
      try (var app = start(name)) {
        Conversations.receive(translations, received, received.size() + COMMITTED_BEFORE, app);
        while (openTransactions().isEmpty()) {
          app.requireAlive();
        }
        app.kill();
      }
      Thread.sleep(SEVERAL_COMMITS.toMillis());
      Set<String> left = openTransactions();
      if (!left.isEmpty()) {
        assertThat(received).hasSizeLessThan(MESSAGES);
        return left.iterator().next();
      }
    }
    throw new AssertionError("expected a transaction open at a kill, actual none at five");
  }

  /**
   * Starts an instance beside another and kills it while its transaction is open; again, if a
   * commit slips in.
   *
   * @param survivor the only member of the group
   * @return the id of the transaction that it left open
   */
  private String leftOpenBeside(AppProcess survivor) throws Exception {
    String client = members().get(0).clientId();
    String survivors = client.substring(0, client.indexOf("-StreamThread"));
    for (int kills = 1; kills <= 5; kills++) {
      try (var app = start("killed " + kills)) {
        awaitMembers(2);
        Set<String> open = awaitOpen(survivors, app);
        app.kill();
        Thread.sleep(SEVERAL_COMMITS.toMillis());
        open.retainAll(openTransactions());
        if (!open.isEmpty()) {
          return open.iterator().next();
        }
      }
      receiveTheRest(survivor); // which is alone then
    }
    throw new AssertionError("expected a transaction open at a kill, actual none at five");
  }

  /** Sends messages, and more where they were too few, until another transaction is open. */
  private Set<String> awaitOpen(String survivors, AppProcess app) throws Exception {
    while (true) {
      send(MESSAGES);
      while (received.size() < sent.size()) {
        Set<String> open = openTransactions();
        open.removeIf(id -> id.startsWith(survivors));
        if (!open.isEmpty()) {
          return open;
        }
        Conversations.receive(translations, received, received.size() + 1, app);
      }
    }
  }

  private Set<String> openTransactions() throws Exception {
    Set<String> ids = new TreeSet<>();
    var open = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    for (TransactionListing transaction : admin.listTransactions(open).all().get()) {
      ids.add(transaction.transactionalId());
    }
    return ids;
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("log"));
  }
}
