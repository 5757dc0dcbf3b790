package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.translator.text.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the processor translates and commits, with time and store in the test's hands. */
class TranslateProcessorTest {

  private static final Duration LINGER = Duration.ofMillis(20);
  private static final long NOW = 1_000_000;
  private static final int MAX_TOKENS = 2_500;
  private static final LanguagePair PAIR = new LanguagePair("en", "fr");

  private MockProcessorContext<byte[], byte[]> context;
  private final TestTranslator translator = new TestTranslator("en", "fr");
  private final KeyValueStore<Integer, PendingRecord> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(TranslateProcessor.STORE),
              Serdes.Integer(),
              AvroSerdes.pendingRecord())
          .withLoggingDisabled()
          .build();
  private DecodingPace pace = new DecodingPace();
  private final RecordingListener heard = new RecordingListener();
  private Translators translators;
  private TranslateProcessor processor;
  private long offset;

  @BeforeEach
  void start() {
    start("exactly_once_v2");
  }

  private void start(String guarantee) {
    context =
        new MockProcessorContext<>(
            StreamsDefaults.with(
                Map.of("bootstrap.servers", "none:9092", "processing.guarantee", guarantee)));
    store.init(context.getStateStoreContext(), store);
    var commits = new CommitCounter();
    commits.init(context.getStateStoreContext(), commits);
    context.setCurrentSystemTimeMs(NOW);
    pace.measured(1_000, Duration.ofMillis(1));
    processor = processor(3, 1_000_000);
    processor.init(context);
  }

  @Test
  void aFullBatchIsTranslatedAtOnceInTheOrderOfArrival() {
    send("a", "b");
    assertThat(translations()).isEmpty();

    send("c");
    assertThat(translations()).containsExactly("fr:a", "fr:b", "fr:c");
    assertThat(translator.calls).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void bytesFillABatchToo() {
    processor = processor(1_000, 2_000);
    processor.init(context);
    send("a", "x".repeat(1_900));
    assertThat(translations()).isEmpty();

    send("b");
    assertThat(translations()).hasSize(3);
  }

  @Test
  void tokensFillABatchTooOnceForEachTargetLanguage() {
    processor = processor(1_000, 1_000_000, translator, new TestTranslator("en", "de"));
    processor.init(context);
    send("x".repeat(MAX_TOKENS - 1));
    assertThat(translations()).isEmpty();

    processor.init(context);
    context.setRecordMetadata("source-text", 0, offset++);
    processor.process(
        new Record<>(
            null,
            Records.bytes(Records.text("m", "x".repeat(MAX_TOKENS / 2), "en", "fr", "de")),
            5));
    assertThat(translations()).hasSize(3);
  }

  @Test
  void theFirstBatchIsOneTextAsLongAsThePaceIsNotKnown() {
    pace = new DecodingPace();
    processor = processor(1_000, 1_000_000);
    processor.init(context);
    send("a");
    assertThat(translations()).containsExactly("fr:a");

    send("b");
    assertThat(translations()).containsExactly("fr:a");
  }

  /** 10 s for a transaction, less 100 ms until the commit; half of that for two batches. */
  @Test
  void aBatchIsFullWhenTwoWouldTakeHalfTheTimeThatKafkaGives() {
    pace.measured(1, Duration.ofMillis(500));
    processor.close();
    processor = processor(1_000, 1_000_000);
    processor.init(context);
    send("aaa");
    assertThat(translations()).isEmpty();

    send("b");
    assertThat(translator.calls).containsExactly(List.of("aaa", "b"));
  }

  @Test
  void keysAndHeadersFillABatchToo() {
    processor = processor(1_000, 2_000);
    processor.init(context);
    var value = Records.bytes(Records.text("m", "a", "en", "fr"));
    context.setRecordMetadata("source-text", 0, 0);
    processor.process(new Record<>(new byte[1_000], value, 5));
    assertThat(translations()).isEmpty();

    processor.process(
        new Record<>(null, value, 5, new RecordHeaders().add("trace", new byte[900])));
    assertThat(translations()).hasSize(2);
  }

  @Test
  void aRecordThatTheChangelogWouldRefuseFailsAfterWhatCameBeforeAndIsNeverStored() {
    send("a", "b");
    context.setRecordMetadata("source-text", 0, 40);
    processor.process(new Record<>(new byte[] {9}, new byte[StreamsDefaults.MAX_REQUEST_BYTES], 5));
    assertThat(slots()).isEmpty();
    assertThat(context.scheduledPunctuators()).hasSize(1);
    assertThat(timer().cancelled()).isTrue();

    send("c");
    fire(timer());

    assertThat(context.forwarded())
        .extracting(forward -> forward.childName().orElseThrow())
        .containsExactly(
            TranslationTopology.sink("fr"),
            TranslationTopology.sink("fr"),
            TranslationTopology.FAILURES,
            TranslationTopology.sink("fr"));
    assertThat(translations()).containsExactly("fr:a", "fr:b", "fr:c");
    var forwarded = context.forwarded(TranslationTopology.FAILURES).get(0).record();
    assertThat(forwarded.key()).containsExactly(9);
    var failure = AvroSerdes.translationFailure().deserialize(null, forwarded.value());
    assertThat(failure.getReason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failure.getOffset()).isEqualTo(40);
    assertThat(failure.getMessage())
        .isEqualTo(
            "key, value and headers: expected at most 2031616 bytes, actual 2097153; original key"
                + " and value left out as too large");
  }

  /** At the limit an entry with its longest topic name still fits a request. */
  @Test
  void theLargestRecordThatWaitsIsAnEntryThatFitsARequest() {
    processor = processor(1_000, 10_000_000);
    processor.init(context);
    context.setRecordMetadata("t".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE);
    var headers = new RecordHeaders();
    for (int i = 0; i < 1_000; i++) {
      headers.add("\uFFFD".repeat(10), new byte[] {1});
    }
    int rest = TranslateProcessor.MAX_ENTRY_BYTES - 1_000 * (16 + 30 + 1);
    processor.process(new Record<>(new byte[100], new byte[rest - 100], Long.MAX_VALUE, headers));

    assertThat(slots()).containsExactly(0);
    assertThat(AvroSerdes.pendingRecord().serialize(null, store.get(0)).length)
        .isLessThan(StreamsDefaults.MAX_REQUEST_BYTES - 1_000);
  }

  @Test
  void theFirstRecordOfABatchSetsTheTimerAndAFullBatchStopsIt() {
    assertThat(context.scheduledPunctuators()).isEmpty();

    send("a", "b");
    assertThat(context.scheduledPunctuators()).hasSize(1);
    assertThat(timer().getInterval()).isEqualTo(LINGER);
    assertThat(timer().getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
    assertThat(timer().cancelled()).isFalse();

    send("c");
    assertThat(timer().cancelled()).isTrue();

    send("d");
    assertThat(context.scheduledPunctuators()).hasSize(2);
    assertThat(timer().cancelled()).isFalse();
  }

  @ParameterizedTest(name = "{0} ms late: {1} ms")
  @CsvSource({"-50, 20", "0, 20", "199, 20", "400, 40", "999, 99", "500000, 100"})
  void whatIsLateAlreadyWaitsATenthOfItUpTo100Milliseconds(long late, long linger) {
    context.setCurrentSystemTimeMs(NOW + late);
    send("a");

    assertThat(timer().getInterval()).isEqualTo(Duration.ofMillis(linger));
  }

  @Test
  void theTimerTranslatesWhatIsThereCommitsAndStops() {
    send("a");
    fire(timer());

    assertThat(translations()).containsExactly("fr:a");
    assertThat(context.committed()).isTrue();
    assertThat(timer().cancelled()).isTrue();
  }

  @Test
  void aFullBatchLeavesTheCommitToTheInterval() {
    send("a", "b", "c");

    assertThat(translations()).hasSize(3);
    assertThat(context.committed()).isFalse();
  }

  @Test
  void underAtLeastOnceSixteenBatchesThatWaitForACommitAskForOne() {
    start("at_least_once");
    for (int i = 0; i < 15; i++) {
      send("a", "b", "c");
    }
    assertThat(slots()).hasSize(45);
    assertThat(context.committed()).isFalse();

    send("a", "b", "c");
    assertThat(slots()).hasSize(48);
    assertThat(context.committed()).isTrue();
  }

  @Test
  void aBatchOfOneRecordNeedsNoTimer() {
    processor = processor(1, 1_000_000);
    processor.init(context);
    send("a");

    assertThat(translations()).containsExactly("fr:a");
    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  @Test
  void slotsAreUsedAgainAndEmptyAfterATranslation() {
    send("a", "b");
    assertThat(slots()).containsExactly(0, 1);

    send("c");
    assertThat(slots()).isEmpty();

    send("d");
    assertThat(slots()).containsExactly(0);
  }

  @Test
  void whatWasPendingIsTakenUpAgainBeforeWhatFollows() {
    send("a", "b");

    var successor = processor(10, 1_000_000);
    successor.init(context);
    processor = successor;
    assertThat(context.scheduledPunctuators()).hasSize(2);
    send("c");
    fire(timer());

    assertThat(translations()).containsExactly("fr:a", "fr:b", "fr:c");
    assertThat(slots()).isEmpty();
  }

  @Test
  void aSecondInitForgetsWhatTheStoreDoesNotHold() {
    send("a", "b");
    store.delete(0);
    store.delete(1);

    processor.init(context);
    send("c", "d", "e");

    assertThat(translations()).containsExactly("fr:c", "fr:d", "fr:e");
  }

  @Test
  void aSecondInitStopsTheTimerOfTheFirst() {
    send("a");
    var first = timer();

    processor.init(context);

    assertThat(first.cancelled()).isTrue();
    assertThat(timer().cancelled()).isFalse();
  }

  @Test
  void whatWasPendingIsTranslatedInBatchesWithinTheLimits() {
    send("a", "b");

    processor = processor(1, 1_000_000);
    processor.init(context);
    fire(timer());
    assertThat(translations()).containsExactly("fr:a");
    assertThat(timer().cancelled()).isFalse();

    send("c");
    assertThat(translations()).containsExactly("fr:a", "fr:b");
    fire(timer());
    assertThat(translations()).containsExactly("fr:a", "fr:b", "fr:c");
    assertThat(timer().cancelled()).isTrue();
    assertThat(translator.calls).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  void aFaultOfTheApplicationLeavesThePendingRecordsWhereTheyAre() {
    send("a", "b");
    translator.close();

    assertThatThrownBy(() -> send("c")).isInstanceOf(IllegalStateException.class);
    assertThat(translations()).isEmpty();
    assertThat(slots()).containsExactly(0, 1, 2);
  }

  @Test
  void keyTimestampAndHeadersPassThrough() {
    var headers = new RecordHeaders().add("trace", new byte[] {1}).add("trace", null);
    context.setRecordMetadata("source-text", 0, 0);
    processor.process(
        new Record<>(
            new byte[] {9}, Records.bytes(Records.text("m", "a", "en", "fr")), 77, headers));
    fire(timer());

    var record = context.forwarded().get(0).record();
    assertThat(record.key()).containsExactly(9);
    assertThat(record.timestamp()).isEqualTo(77);
    assertThat(record.headers()).isEqualTo(headers);
  }

  @Test
  void aFailureNamesTheRecordThatItCameFrom() {
    context.setRecordMetadata("source-text", 4, 12);
    processor.process(new Record<>(null, null, 5));
    context.setRecordMetadata("source-text", 4, 13);
    fire(timer());

    var forwarded = context.forwarded(TranslationTopology.FAILURES);
    var failure =
        AvroSerdes.translationFailure().deserialize(null, forwarded.get(0).record().value());
    assertThat(failure.getTopic()).isEqualTo("source-text");
    assertThat(failure.getPartition()).isEqualTo(4);
    assertThat(failure.getOffset()).isEqualTo(12);
    assertThat(forwarded.get(0).record().key()).isNull();
  }

  @Test
  void theListenerHearsOfEachBatchAndEachOutcome() {
    send("a", "b");
    assertThat(heard.waiting).isEqualTo(2);

    send("cc");
    context.setRecordMetadata("source-text", 0, 9);
    processor.process(new Record<>(null, null, 77));
    fire(timer());

    assertThat(heard.batches).containsExactly(3, 1);
    assertThat(heard.translated).containsExactly(1, 1, 2);
    assertThat(heard.failed).containsExactly(FailureReason.NULL_VALUE);
    assertThat(heard.answered).containsExactly(NOW, NOW, NOW, 77L);
    assertThat(heard.waiting).isZero();
  }

  @Test
  void theListenerHearsWhatATooLargeTranslationBecame() {
    processor = processor(1, 10_000_000);
    processor.init(context);
    send(" ".repeat(1_000_000));

    assertThat(heard.translated).isEmpty();
    assertThat(heard.failed).containsExactly(FailureReason.TOO_LARGE);
  }

  @Test
  void aRecordThatNeverWaitsIsNoBatch() {
    context.setRecordMetadata("source-text", 0, 0);
    processor.process(new Record<>(null, new byte[StreamsDefaults.MAX_REQUEST_BYTES], 5));

    assertThat(heard.batches).isEmpty();
    assertThat(heard.failed).containsExactly(FailureReason.TOO_LARGE);
  }

  @Test
  void whatWaitsIsCountedOnceHoweverOftenTheProcessorIsClosedOrBegins() {
    send("a", "b");
    processor.init(context);
    assertThat(heard.waiting).isEqualTo(2);

    processor.close();
    assertThat(heard.waiting).isZero();

    processor.init(context);
    assertThat(heard.waiting).isEqualTo(2);
  }

  @Test
  void newModelsBeginWithARecordOnceAllBeforeItAreTranslated() {
    var next = new TestTranslator("en", "fr");
    send("a", "b");
    translators.replace(PAIR, new PairModels(next), 7);
    assertThat(translations()).isEmpty();

    send("c");
    assertThat(translator.calls).containsExactly(List.of("a", "b"));
    assertThat(translator.isClosed()).isTrue();
    fire(timer());
    assertThat(next.calls).containsExactly(List.of("c"));
    assertThat(translations()).containsExactly("fr:a", "fr:b", "fr:c");
  }

  @Test
  void aShadowTranslatesEveryTextForItsOwnTopicAndItsFailuresStayThere() {
    var tried = new TestTranslator("en", "fr");
    tried.failOn(texts -> texts.contains("b"));
    var candidate = new PairModels.Candidate(tried, 0, true);
    translators.replace(PAIR, new PairModels(translator, Optional.of(candidate)), 7);
    send("a", "b", "c");

    assertThat(sink(TranslationTopology.SHADOW)).hasSize(3);
    var serde = AvroSerdes.translation();
    assertThat(serde.deserialize(null, sink(TranslationTopology.SHADOW).get(0)).getText())
        .isEqualTo("fr:a");
    var failure =
        AvroSerdes.translationFailure().deserialize(null, sink(TranslationTopology.SHADOW).get(1));
    assertThat(failure.getReason()).isEqualTo(FailureReason.TRANSLATION_FAILED);
    assertThat(sink(TranslationTopology.FAILURES)).isEmpty();
    assertThat(sink(TranslationTopology.sink("fr")))
        .extracting(value -> serde.deserialize(null, value).getText())
        .containsExactly("fr:a", "fr:b", "fr:c");
    assertThat(heard.failed).isEmpty();
  }

  /** What is tried must not stop what serves, even if it can do nothing at all. */
  @Test
  void aShadowThatTranslatesNothingStopsNothing() {
    var tried = new TestTranslator("en", "fr");
    tried.failOn(texts -> true);
    var candidate = new PairModels.Candidate(tried, 0, true);
    translators.replace(PAIR, new PairModels(translator, Optional.of(candidate)), 7);
    send("a", "b", "c");

    assertThat(sink(TranslationTopology.sink("fr"))).hasSize(3);
  }

  private List<byte[]> sink(String name) {
    var values = new ArrayList<byte[]>();
    for (var forward : context.forwarded()) {
      if (forward.childName().orElseThrow().equals(name)) {
        values.add(forward.record().value());
      }
    }
    return values;
  }

  private TranslateProcessor processor(int maxBatchRecords, int maxBatchBytes) {
    return processor(maxBatchRecords, maxBatchBytes, translator);
  }

  private TranslateProcessor processor(
      int maxBatchRecords, int maxBatchBytes, TestTranslator... each) {
    translators = new Translators(List.of(each));
    return new TranslateProcessor(
        new TopologySettings(
            "source-text",
            "translations",
            "failures",
            maxBatchRecords,
            maxBatchBytes,
            MAX_TOKENS,
            LINGER),
        translators,
        batchTranslator(),
        new OutcomeWriter(
            new TopicPattern("translations"), TranslationWriter.of(Formats.AVRO, List.of())),
        Optional.of(OutcomeWriter.shadow("shadows", TranslationWriter.of(Formats.AVRO, List.of()))),
        pace,
        heard);
  }

  private BatchTranslator batchTranslator() {
    return new BatchTranslator(
        new Router(translators.pairs(), LanguageSettings.defaults()),
        MessageReader.of(Formats.AVRO),
        new TranslationCache(0),
        Terms.NONE,
        heard);
  }

  private void send(String... texts) {
    for (var text : texts) {
      context.setRecordMetadata("source-text", 0, offset++);
      processor.process(
          new Record<>(
              "key".getBytes(StandardCharsets.UTF_8),
              Records.bytes(Records.text("m", text, "en", "fr")),
              NOW));
    }
  }

  private CapturedPunctuator timer() {
    var all = context.scheduledPunctuators();
    return all.get(all.size() - 1);
  }

  private static void fire(CapturedPunctuator timer) {
    timer.getPunctuator().punctuate(2_000);
  }

  private List<String> translations() {
    return context.forwarded().stream()
        .filter(forward -> !forward.childName().orElseThrow().equals(TranslationTopology.FAILURES))
        .map(forward -> forward.record().value())
        .map(value -> AvroSerdes.translation().deserialize(null, value).getText())
        .toList();
  }

  private List<Integer> slots() {
    var slots = new ArrayList<Integer>();
    try (var entries = store.all()) {
      entries.forEachRemaining(entry -> slots.add(entry.key));
    }
    return slots;
  }

  /** Remembers what it heard. */
  private static final class RecordingListener implements TopologyListener {
    private int waiting;
    private final List<Integer> translated = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final List<FailureReason> failed = new ArrayList<>();
    private final List<Long> answered = new ArrayList<>();

    @Override
    public void waitingChanged(int change) {
      waiting += change;
    }

    @Override
    public void batchTranslated(int records, Duration waited, Duration took) {
      assertThat(waited).isBetween(Duration.ZERO, Duration.ofMinutes(1));
      assertThat(took).isBetween(Duration.ZERO, Duration.ofMinutes(1));
      batches.add(records);
    }

    @Override
    public void translated(LanguagePair pair, int tokens) {
      translated.add(tokens);
    }

    @Override
    public void failed(FailureReason reason) {
      failed.add(reason);
    }

    @Override
    public void answered(long timestamp) {
      answered.add(timestamp);
    }
  }
}
