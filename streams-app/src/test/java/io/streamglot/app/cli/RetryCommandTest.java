package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamglot.app.retry.RetryLedger;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code retry} sends again, and that it does so once. */
class RetryCommandTest extends OnATopicsBroker {
  private static final Instant FAILED_AT = DeadLetters.FAILED_AT;

  private final List<Process> started = new ArrayList<>();
  private DeadLetters deadLetters;
  private Admin admin;

  @BeforeEach
  void open() {
    deadLetters = new DeadLetters(broker, topics);
    admin = Admin.create(broker.adminSettings());
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    admin.close();
    deadLetters.close();
  }

  @Test
  void aDeadLetterIsRetriedOnceHoweverOftenTheCommandRuns() throws Exception {
    createTopics();
    byte[] original = DeadLetters.text("m1", "fr");
    deadLetters.add(failure("fr", FailureReason.TRANSLATION_FAILED, original));
    Instant before = Instant.now();

    assertCounts(retry(), "retried: 1", "retried before: 0", "left by the filters: 0");
    assertCounts(retry(), "retried: 0", "retried before: 1", "left by the filters: 0");

    ConsumerRecord<String, byte[]> sent = only(deadLetters.committedSources());
    assertThat(sent.key()).isEqualTo(DeadLetters.KEY);
    assertThat(sent.value()).isEqualTo(original);
    assertThat(Instant.ofEpochMilli(sent.timestamp()))
        .as("a new timestamp, for an old one may expire at once")
        .isAfterOrEqualTo(before.minusMillis(1));
    assertThat(deadLetters.remembered()).isOne();
  }

  @Test
  void onlyTheLanguageThatFailedIsTranslatedAgain() throws Exception {
    createTopics();
    byte[] original = DeadLetters.text("m1", "fr", "DE", "zh");
    deadLetters.add(failure("de", FailureReason.UNSUPPORTED_LANGUAGE_PAIR, original));
    deadLetters.add(failure("zh", FailureReason.UNSUPPORTED_LANGUAGE_PAIR, original));
    deadLetters.add(failure(null, FailureReason.TOO_MANY_TARGET_LANGUAGES, original));

    assertThat(retry().exitCode()).isZero();

    assertThat(deadLetters.committedSources())
        .extracting(ConsumerRecord::value)
        .containsExactly(original, original, original);
    assertThat(deadLetters.committedSources())
        .extracting(record -> header(record, "streamglot-target-languages"))
        .containsExactly("de", "zh", null);
  }

  /** A header with such a name would ask for other languages, or for all those of the value. */
  @Test
  void aLanguageThatNoHeaderCanNameAloneIsNotTranslatedAgain() throws Exception {
    createTopics();
    byte[] original = DeadLetters.text("m1", "fr", "");
    for (String language : List.of("", " ", "fr,de", ",")) {
      deadLetters.add(failure(language, FailureReason.UNSUPPORTED_LANGUAGE_PAIR, original));
    }

    assertThat(retry().outLines()).contains("retried: 0", "of no single language: 4");

    assertThat(deadLetters.committedSources()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "fr,", ",fr"})
  void aBlankLanguageIsNoFilter(String languages) throws Exception {
    CommandLineRun run = retry("--target-language", languages);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .contains(
            "streamglot retry: --target-language: expected tags of languages, separated by commas,"
                + " actual '%s' (see 'streamglot retry --help')".formatted(languages));
  }

  /** It came compressed; one that is refused would hold up all that come after it. */
  @Test
  void aTextThatTheSourceTopicWouldRefuseStaysAndTheNextIsRetried() throws Exception {
    broker.create(topics.source(), Map.of("max.message.bytes", "10000"));
    broker.create(topics.translations().get(0), Map.of());
    broker.create(topics.failures(), Map.of());
    byte[] small = DeadLetters.text("m1", "fr");
    deadLetters.add(failure(null, FailureReason.UNDECODABLE, new byte[10_000]));
    deadLetters.add(failure(null, FailureReason.NULL_VALUE, small));

    assertThat(retry().outLines()).contains("retried: 1", "too large for the source topic: 1");
    assertThat(retry().outLines())
        .contains("retried: 0", "retried before: 1", "too large for the source topic: 1");

    assertThat(only(deadLetters.committedSources()).value()).isEqualTo(small);
  }

  @Test
  void bytesThatCannotBeReadAreSentAsTheyAre() throws Exception {
    createTopics();
    byte[] original = "Hello".getBytes(StandardCharsets.UTF_8);
    deadLetters.add(failure(null, FailureReason.UNDECODABLE, original));
    deadLetters.add(failure("fr", FailureReason.UNKNOWN, original));

    assertCounts(retry(), "retried: 2");

    assertThat(deadLetters.committedSources())
        .extracting(ConsumerRecord::value)
        .containsExactly(original, original);
  }

  @Test
  void headersPassThroughAndTheAttemptsAreCounted() throws Exception {
    createTopics();
    ProducerRecord<String, byte[]> deadLetter =
        new ProducerRecord<>(
            topics.failures(),
            DeadLetters.KEY,
            bytes(failure("fr", FailureReason.TRANSLATION_FAILED, DeadLetters.text("m1", "fr"))));
    deadLetter.headers().add("trace", new byte[] {1, -2}).add("streamglot-retry", ascii("9"));
    deadLetters.send(deadLetter);
    deadLetters.add(failure("fr", FailureReason.UNDECODABLE, DeadLetters.text("m2", "fr")));

    assertCounts(retry(), "retried: 2");

    List<ConsumerRecord<String, byte[]>> sent = deadLetters.committedSources();
    assertThat(sent.get(0).headers().toArray())
        .extracting(Header::key, Header::value)
        .containsExactly(
            tuple("trace", new byte[] {1, -2}),
            tuple("streamglot-target-languages", ascii("fr")),
            tuple("streamglot-retry", ascii("10")));
    assertThat(sent.get(1).headers().lastHeader("streamglot-retry").value()).isEqualTo(ascii("1"));
  }

  @Test
  void aTextGoesToThePartitionThatItsSenderChoseUnlessThereIsNone() throws Exception {
    broker.create(topics.source(), 3, Map.of());
    broker.create(topics.translations().get(0), Map.of());
    broker.create(topics.failures(), Map.of());
    for (int partition : new int[] {2, 0, 99}) {
      deadLetters.add(from(topics.source(), partition));
    }

    assertCounts(retry(), "retried: 3");

    assertThat(deadLetters.committedSources())
        .extracting(ConsumerRecord::partition)
        .contains(2, 0)
        .hasSize(3);
  }

  @Test
  void whatAFilterLeavesIsThereTheNextTimeAndNothingIsRetriedTwice() throws Exception {
    createTopics();
    deadLetters.add(failure("fr", FailureReason.TRANSLATION_FAILED, DeadLetters.text("m1", "fr")));
    deadLetters.add(
        failure("de", FailureReason.UNSUPPORTED_LANGUAGE_PAIR, DeadLetters.text("m2", "de")));
    deadLetters.add(
        failure("zh", FailureReason.UNSUPPORTED_LANGUAGE_PAIR, DeadLetters.text("m3", "zh")));
    deadLetters.add(failure(null, FailureReason.UNDECODABLE, DeadLetters.text("m4", "fr")));

    assertCounts(
        retry("--reason", "unsupported_language_pair", "--target-language", "DE"),
        "retried: 1",
        "retried before: 0",
        "left by the filters: 3");
    assertCounts(
        retry("--reason", "TRANSLATION_FAILED,undecodable"),
        "retried: 2",
        "retried before: 1",
        "left by the filters: 1");
    assertCounts(retry(), "retried: 1", "retried before: 3", "left by the filters: 0");

    assertThat(deadLetters.committedIds()).containsExactly("m2", "m1", "m4", "m3");
  }

  @Test
  void aTimeFilterTakesTheFirstInstantAndLeavesTheLast() throws Exception {
    createTopics();
    for (int second = 0; second < 4; second++) {
      deadLetters.add(
          deadLetters.failure(
              "fr",
              FailureReason.TRANSLATION_FAILED,
              FAILED_AT.plusSeconds(second),
              DeadLetters.text("m" + second, "fr")));
    }

    assertCounts(
        retry("--from", "2026-11-20T12:00:01Z", "--to", "2026-11-20T12:00:03Z"),
        "retried: 2",
        "retried before: 0",
        "left by the filters: 2");

    assertThat(deadLetters.committedIds()).containsExactly("m1", "m2");
  }

  @Test
  void whatCannotBeRetriedIsCountedAndSaid() throws Exception {
    createTopics();
    deadLetters.add(from("another", 0));
    deadLetters.add(failure("fr", FailureReason.TOO_LARGE, null));
    deadLetters.add(failure(null, FailureReason.NULL_VALUE, null));
    deadLetters.add("no failure".getBytes(StandardCharsets.UTF_8));
    deadLetters.add((byte[]) null);
    deadLetters.add(failure("fr", FailureReason.TRANSLATION_FAILED, DeadLetters.text("m2", "fr")));

    CommandLineRun run = retry();

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .containsExactly(
            "retried: 1",
            "retried before: 0",
            "left by the filters: 0",
            "without original: 2",
            "too large for the source topic: 0",
            "of no single language: 0",
            "of another topic: 1",
            "unreadable: 2");
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("streamglot retry: warning: 2 cannot be retried: the original was left out");
    assertThat(deadLetters.committedIds()).containsExactly("m2");
  }

  @Test
  void aDryRunCountsAndDoesNothing() throws Exception {
    createTopics();
    deadLetters.addMany(3);

    assertCounts(retry("--dry-run"), "would be retried: 3", "retried before: 0");
    assertThat(broker.exists(RetryLedger.nameFor(topics.failures()))).isFalse();
    assertThat(deadLetters.committedSources()).isEmpty();

    assertCounts(retry(), "retried: 3", "retried before: 0");
    deadLetters.addMany(2);
    assertCounts(retry("--dry-run"), "would be retried: 2", "retried before: 3");
    assertThat(deadLetters.committedSources()).hasSize(3);
  }

  @Test
  void aRunKilledInTheMiddleIsFinishedByTheNextAndEachTextIsThereOnceAndInOrder() throws Exception {
    int count = 5_000;
    createTopics();
    deadLetters.addMany(count);

    int openAtKill = 0;
    for (int kills = 0; openAtKill == 0 && kills < 5; kills++) {
      Process program = start();
      openAtKill = killInATransaction(program);
    }
    assertThat(openAtKill).as("transactions open at the kill").isPositive();
    int committed = deadLetters.committedSources().size();
    assertThat(committed).as("texts of the runs that were killed").isLessThan(count);

    CommandLineRun last = retry();

    assertThat(last.err()).isEmpty();
    assertThat(last.outLines()).contains("retried before: " + committed);
    assertThat(deadLetters.committedIds())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "m" + i).toList());
    assertThat(deadLetters.remembered()).isEqualTo(count);
  }

  @Test
  void aRunThatAnotherOneOvertakesEndsWithOneLineAndNothingIsThereTwice() throws Exception {
    int count = 20_000; // the first run is still at work when the second has begun
    createTopics();
    deadLetters.addMany(count);
    Process first = start();
    while (openTransactions() == 0) {
      assertThat(first.isAlive()).isTrue();
    }

    CommandLineRun second = retry();

    String err = new String(first.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(first.waitFor()).as(err).isEqualTo(2);
    assertThat(err).hasLineCount(1).contains("expected one at a time", "actual another has begun");
    assertThat(second.exitCode()).isZero();
    assertThat(deadLetters.committedIds()).doesNotHaveDuplicates().hasSize(count);
  }

  @Test
  void deadLettersOfATopicThatWasMadeAgainAreNotTakenForTheOldOnes() throws Exception {
    createTopics();
    deadLetters.addMany(3);
    assertCounts(retry(), "retried: 3");
    broker.delete(topics.failures());
    broker.create(topics.failures(), Map.of());
    try (DeadLetters anew = new DeadLetters(broker, topics)) {
      anew.addMany(2);
    }

    assertCounts(retry(), "retried: 2", "retried before: 0");

    assertThat(deadLetters.committedIds()).containsExactly("m0", "m1", "m2", "m0", "m1");
  }

  @Test
  void entriesOfDeadLettersThatAreGoneAreDeletedFromTheLedger() throws Exception {
    createTopics();
    deadLetters.addMany(3);
    assertCounts(retry(), "retried: 3");
    broker.deleteRecords(topics.failures(), 2);

    assertCounts(retry(), "retried: 0", "retried before: 1");

    List<ConsumerRecord<String, byte[]>> ledger =
        deadLetters.committed(RetryLedger.nameFor(topics.failures()));
    assertThat(ledger.subList(3, 5))
        .allMatch(entry -> entry.value() == null)
        .extracting(ConsumerRecord::key)
        .containsExactlyInAnyOrder(ledger.get(0).key(), ledger.get(1).key());
    assertThat(ledger).hasSize(5);
  }

  @Test
  void topicsThatAreMissingAreNamed() throws Exception {
    broker.create(topics.source(), Map.of());
    CommandLineRun run = retry();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("missing [" + topics.failures() + ", " + topics.translations().get(0) + "]");
  }

  @Test
  void aLedgerThatWouldForgetIsRefused() throws Exception {
    createTopics();
    String ledger = RetryLedger.nameFor(topics.failures());
    broker.create(ledger, Map.of("cleanup.policy", "compact,delete"));
    CommandLineRun run = retry();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot retry: "
                + ledger
                + ": cleanup.policy: expected compact, actual compact,delete; what was retried"
                + " would be forgotten");
  }

  @Test
  void aKafkaThatTakesNoTextIsALine() throws Exception {
    createTopics();
    deadLetters.addMany(1);
    broker.deny(AclOperation.WRITE, topics);
    CommandLineRun run = retry();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("expected a Kafka that gives and takes records", topics.source());
  }

  @Test
  void aTextThatFailedForWantOfAModelIsTranslatedOnceThereIsOne(@TempDir Path folder)
      throws Exception {
    createTopics();
    try (StreamsRunner app = app(folder, Path.of("..", "models", "en-fr"))) {
      send("m1", "fr", "de");
      deadLetters.await(topics.failures(), 1);
      assertThat(app.failed()).isFalse();
    }

    assertCounts(retry("--target-language", "de"), "retried: 1");

    try (StreamsRunner app =
        app(folder, Path.of("..", "models", "en-fr"), Path.of("..", "models", "en-de"))) {
      deadLetters.await(topics.translations().get(0), 2);
      send("m2", "fr");
      deadLetters.await(topics.translations().get(0), 3);
      assertThat(app.failed()).isFalse();
    }
    assertThat(deadLetters.committed(topics.translations().get(0)).stream())
        .extracting(record -> AvroSerdes.translation().deserialize(null, record.value()))
        .extracting(Translation::getMessageId, Translation::getTargetLanguage)
        .containsExactly(tuple("m1", "fr"), tuple("m1", "de"), tuple("m2", "fr"));
    assertThat(deadLetters.committed(topics.failures())).hasSize(1);
  }

  private StreamsRunner app(Path folder, Path... models) throws IOException {
    return broker.startApp(
        topics,
        Models.translators(
            Models.bundles(List.of(models)), new DecoderSettings(1), false, line -> {}),
        folder,
        Map.of());
  }

  private void send(String id, String... targets) throws Exception {
    deadLetters.send(
        new ProducerRecord<>(topics.source(), DeadLetters.KEY, DeadLetters.text(id, targets)));
  }

  private TranslationFailure failure(String target, FailureReason reason, byte[] original) {
    return deadLetters.failure(target, reason, FAILED_AT, original);
  }

  private static TranslationFailure from(String topic, int partition) {
    return new TranslationFailure(
        "m1",
        "fr",
        topic,
        partition,
        7L,
        FailureReason.TRANSLATION_FAILED,
        "why",
        null,
        ByteBuffer.wrap(DeadLetters.text("m1", "fr")),
        FAILED_AT);
  }

  private void createTopics() throws Exception {
    for (String topic : topics.names()) {
      broker.create(topic, Map.of());
    }
  }

  private CommandLineRun retry(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("retry", "--config", broker.config(topics, "no/such/folder")));
    arguments.addAll(List.of(options));
    return CommandLineRun.of("", arguments.toArray(String[]::new));
  }

  private static void assertCounts(CommandLineRun run, String... first) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(8).startsWith(first);
  }

  /** The real program, in a JVM of its own. */
  private Process start() throws IOException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StreamglotMain.class.getName(),
                "retry",
                "--config",
                broker.config(topics, "no/such/folder"))
            .start();
    started.add(program);
    return program;
  }

  /** Kills the program while a transaction is open; returns how many still were after it. */
  private int killInATransaction(Process program) throws Exception {
    while (openTransactions() == 0) {
      assertThat(program.isAlive()).as("the program is at work").isTrue();
    }
    program.destroyForcibly().waitFor();
    assertThat(program.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
    return openTransactions();
  }

  private int openTransactions() throws Exception {
    try (Admin admin = Admin.create(broker.adminSettings())) {
      return (int)
          admin
              .listTransactions(
                  new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
              .all()
              .get()
              .stream()
              .filter(open -> open.transactionalId().equals(RetryLedger.nameFor(topics.failures())))
              .count();
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  private static byte[] bytes(TranslationFailure failure) {
    return AvroSerdes.translationFailure().serialize(null, failure);
  }

  private static byte[] ascii(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }
}
