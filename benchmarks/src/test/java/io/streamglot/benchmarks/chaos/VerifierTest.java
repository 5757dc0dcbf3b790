package io.streamglot.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The verifier can fail: each kind of fault is found, and only faults are. */
@TestInstance(Lifecycle.PER_CLASS)
class VerifierTest {

  private static final int KEYS = 3;
  private static final int SENT = 30;
  private static final int PARTITION = 4;
  private static final String NEXT = "99.0.0";
  private static final List<String> TEXTS = List.of("How are you?", "I love you.", "It rains.");

  private final Map<String, String> translations = new HashMap<>();
  private Workload workload;
  private Workload poisoned;

  @BeforeAll
  void translateTheSentences() throws Exception {
    ModelBundle bundle = ModelBundle.open(Path.of("../models/en-fr"));
    try (BundleTranslator translator = BundleTranslator.open(bundle, new DecoderSettings(1))) {
      Sentences sentences = Sentences.of(TEXTS, translator);
      List<String> versions = List.of(bundle.manifest().version(), NEXT);
      workload = new Workload(KEYS, sentences, bundle.manifest(), versions, false);
      poisoned = new Workload(KEYS, sentences, bundle.manifest(), versions, true);
      TEXTS.forEach(
          text -> translations.put(text, translator.translate(List.of(text)).get(0).text()));
    }
  }

  @Test
  void nothingIsWrongWithEachMessageOnceAndInOrder() {
    Verdict verdict = verdict(records -> {});

    assertThat(verdict.faults()).isEmpty();
    assertThat(verdict.translated()).isEqualTo(SENT);
    assertThat(verdict.holds(Guarantee.EXACTLY_ONCE_V2)).isTrue();
  }

  @Test
  void keysMayInterleaveOtherwise() {
    assertThat(
            verdict(
                    records -> {
                      records.add(1, records.remove(0));
                    })
                .faults())
        .isEmpty();
  }

  @Test
  void aMessageThatIsMissingIsLost() {
    assertThat(verdict(records -> records.remove(7)).faults()).isEqualTo(Map.of(Fault.LOST, 1L));
  }

  @Test
  void everythingIsLostWhereNothingCame() {
    assertThat(verdict(List::clear).faults()).isEqualTo(Map.of(Fault.LOST, (long) SENT));
  }

  @Test
  void aLostMessageIsAHoleIfALaterOneOfItsKeyIsThere() {
    assertThat(verdict(records -> records.remove(7)).holes()).isEqualTo(1);
    assertThat(verdict(records -> records.subList(7, SENT).clear()).holes()).isZero();
    assertThat(verdict(List::clear).holes()).isZero();
  }

  @Test
  void aMessageThatComesTwiceIsDoubled() {
    assertThat(verdict(records -> records.add(8, records.get(7))).faults())
        .isEqualTo(Map.of(Fault.DOUBLED, 1L));
  }

  @Test
  void aRepeatedPassageIsDoubledAndNotOutOfOrder() {
    Verdict verdict = verdict(records -> records.addAll(12, records.subList(3, 12)));

    assertThat(verdict.faults()).isEqualTo(Map.of(Fault.DOUBLED, 9L));
    assertThat(verdict.holds(Guarantee.AT_LEAST_ONCE)).isTrue();
    assertThat(verdict.holds(Guarantee.EXACTLY_ONCE_V2)).isFalse();
  }

  @Test
  void aMessageAfterALaterOneOfItsKeyIsOutOfOrder() {
    assertThat(verdict(records -> records.add(7 + KEYS, records.remove(7))).faults())
        .isEqualTo(Map.of(Fault.OUT_OF_ORDER, 1L));
  }

  @Test
  void aMessageUnderAnotherKeyWasNeverSentAndTheOneItShouldBeIsLost() {
    Verdict verdict =
        verdict(
            records ->
                records.set(7, record(Workload.TRANSLATIONS, "conversation-0", id(7), value(7))));

    assertThat(verdict.faults()).isEqualTo(Map.of(Fault.NEVER_SENT, 1L, Fault.LOST, 1L));
  }

  @Test
  void aMessageBeyondWhatWasSentWasNeverSent() {
    Verdict verdict = verdict(records -> records.add(translated(SENT)));

    assertThat(verdict.faults()).isEqualTo(Map.of(Fault.NEVER_SENT, 1L));
    assertThat(verdict.examples()).containsExactly("never sent: " + id(SENT) + " first");
  }

  @Test
  void aNumberThatNobodyCountsToWasNeverSent() {
    assertThat(
            verdict(
                    records ->
                        records.add(
                            record(
                                Workload.TRANSLATIONS, "conversation-1", "k1-999999999", value(0))))
                .faults())
        .isEqualTo(Map.of(Fault.NEVER_SENT, 1L));
  }

  @Test
  void aRecordWithoutAnIdWasNeverSent() {
    assertThat(
            verdict(
                    records ->
                        records.add(
                            record(Workload.TRANSLATIONS, "conversation-0", null, value(0))))
                .faults())
        .isEqualTo(Map.of(Fault.NEVER_SENT, 1L));
  }

  @Test
  void aTextThatTheModelDoesNotGiveIsWrong() {
    Map<String, String> attributes = workload.good(message(7)).getAttributes();

    assertThat(verdict(replace(7, translation(7, "Bonjour", attributes))).faults())
        .isEqualTo(Map.of(Fault.WRONG_TEXT, 1L));
  }

  @Test
  void theTranslationOfAnotherMessageIsWrongContent() {
    assertThat(verdict(replace(7, value(8))).faults()).isEqualTo(Map.of(Fault.WRONG_CONTENT, 1L));
  }

  @Test
  void attributesThatDidNotPassAreWrongContent() {
    Map<String, String> changed = Map.of(Workload.CHECKSUM, "0");

    assertThat(verdict(replace(7, translation(7, french(7), changed))).faults())
        .isEqualTo(Map.of(Fault.WRONG_CONTENT, 1L));
  }

  @Test
  void aVersionMayReplaceTheOneBeforeIt() {
    assertThat(
            verdict(
                    records -> {
                      for (int i = 7; i < SENT; i++) {
                        replace(i, by(NEXT, i)).accept(records);
                      }
                    })
                .faults())
        .isEmpty();
  }

  @Test
  void aVersionThatWasReplacedDoesNotComeBack() {
    Verdict verdict = verdict(replace(7, by(NEXT, 7)));

    assertThat(verdict.faults()).isEqualTo(Map.of(Fault.OLD_MODEL, (long) SENT - 8));
  }

  @Test
  void aVersionThatNobodyServesIsWrongContent() {
    assertThat(verdict(replace(7, by("9.9.9", 7))).faults())
        .isEqualTo(Map.of(Fault.WRONG_CONTENT, 1L));
  }

  @Test
  void theFirstOffsetOfAVersionIsToldForEachPartition() {
    Verifier verifier = new Verifier(workload);
    verifier.accept(translated(0));
    assertThat(verifier.hasSeen(NEXT)).isFalse();
    verifier.accept(record(Workload.TRANSLATIONS, message(1).recordKey(), id(1), by(NEXT, 1)));

    assertThat(verifier.hasSeen(NEXT)).isTrue();
    assertThat(verifier.switches())
        .containsExactly(
            "version 99.0.0 translates from these offsets of the partitions of translations on: 4:0");
  }

  @Test
  void bytesThatAreNoTranslationAreWrongContent() {
    assertThat(verdict(replace(7, new byte[] {1, 2, 3})).faults())
        .isEqualTo(Map.of(Fault.WRONG_CONTENT, 1L));
  }

  @Test
  void aGoodMessageOnBothTopicsIsInBothAndOnTheWrongOne() {
    Verdict verdict =
        verdict(
            records ->
                records.add(
                    failed(workload, 7, FailureReason.UNDECODABLE, workload.value(message(7)))));

    assertThat(verdict.faults())
        .containsKeys(Fault.IN_BOTH, Fault.WRONG_TOPIC, Fault.WRONG_CONTENT)
        .doesNotContainKeys(Fault.LOST, Fault.DOUBLED, Fault.OUT_OF_ORDER);
  }

  @Test
  void aBadMessageFailsOnceForItsReasonWithItsBytes() {
    int bad = firstBad();
    Special special = poisoned.special(message(bad)).orElseThrow();
    FailureReason reason = special.reason().orElseThrow();
    byte[] value = poisoned.value(message(bad));

    ConsumerRecord<byte[], byte[]> right = failed(poisoned, bad, reason, value);

    assertThat(faults(List.of(right))).isEmpty();
    assertThat(faults(List.of(right, right))).containsOnlyKeys(Fault.DOUBLED);
    assertThat(faults(List.of(failed(poisoned, bad, FailureReason.TRANSLATION_FAILED, value))))
        .containsOnlyKeys(Fault.WRONG_CONTENT);
    assertThat(faults(List.of(failed(poisoned, bad, reason, new byte[] {9}))))
        .containsOnlyKeys(Fault.WRONG_CONTENT);
    assertThat(faults(List.of(failed(poisoned, bad, reason, null))))
        .containsOnlyKeys(Fault.WRONG_CONTENT);
    assertThat(faults(List.of(translated(bad)))).containsKey(Fault.WRONG_TOPIC);
  }

  @Test
  void aFailureOfAMessageWithoutAValueHasNone() {
    int bad = first(Special.NULL);

    assertThat(faults(List.of(failed(poisoned, bad, FailureReason.NULL_VALUE, null)))).isEmpty();
    assertThat(faults(List.of(failed(poisoned, bad, FailureReason.NULL_VALUE, new byte[1]))))
        .containsOnlyKeys(Fault.WRONG_CONTENT);
  }

  @Test
  void twoMessagesDoNotFailAtOnePlace() {
    int one = first(Special.NULL);
    int other = first(Special.NO_TARGET);
    byte[] value = poisoned.value(message(other));

    assertThat(
            faults(
                List.of(
                    failed(poisoned, one, FailureReason.NULL_VALUE, null),
                    failed(poisoned, other, FailureReason.NO_TARGET_LANGUAGE, value))))
        .isEmpty();
    assertThat(
            faults(
                List.of(
                    failed(poisoned, one, FailureReason.NULL_VALUE, null),
                    failedAt(one, poisoned, other, FailureReason.NO_TARGET_LANGUAGE, value))))
        .containsOnlyKeys(Fault.WRONG_CONTENT);
  }

  @Test
  void oneMessageInTenIsBadAndEachKindIsAmongThem() {
    int messages = 10_000;
    List<Special> specials =
        IntStream.range(0, messages)
            .mapToObj(i -> poisoned.special(message(i)))
            .flatMap(Optional::stream)
            .toList();

    assertThat(specials).contains(Special.values());
    assertThat(specials.stream().filter(each -> each.reason().isPresent()).count())
        .isBetween(messages / 12L, messages / 8L);
  }

  @Test
  void aSpecialMessageHasTheValueOfItsKindEvenIfThatIsNull() {
    assertThat(poisoned.value(message(first(Special.NULL)))).isNull();
  }

  @Test
  void progressCountsWhatIsAnsweredThroughEvenWhereSomeAreLost() {
    Verifier verifier = new Verifier(workload);
    verifier.accept(translated(0));
    verifier.accept(translated(2 * KEYS));

    assertThat(verifier.answeredThrough()).isEqualTo(3);
    assertThat(verifier.isComplete(SENT)).isFalse();
  }

  /** Faults among these alone, but for the loss of all others. */
  private Map<Fault, Long> faults(List<ConsumerRecord<byte[], byte[]>> records) {
    Verifier verifier = new Verifier(poisoned);
    records.forEach(verifier::accept);
    Map<Fault, Long> faults = new HashMap<>(verifier.verdict(10_000).faults());
    faults.remove(Fault.LOST);
    return faults;
  }

  private int first(Special kind) {
    return IntStream.range(0, 10_000)
        .filter(i -> poisoned.special(message(i)).equals(Optional.of(kind)))
        .findFirst()
        .orElseThrow();
  }

  private int firstBad() {
    return IntStream.range(0, 10_000)
        .filter(i -> poisoned.special(message(i)).flatMap(Special::reason).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private Verdict verdict(Consumer<List<ConsumerRecord<byte[], byte[]>>> change) {
    List<ConsumerRecord<byte[], byte[]>> records =
        new ArrayList<>(IntStream.range(0, SENT).mapToObj(this::translated).toList());
    change.accept(records);
    Verifier verifier = new Verifier(workload);
    records.forEach(verifier::accept);
    return verifier.verdict(SENT);
  }

  private Consumer<List<ConsumerRecord<byte[], byte[]>>> replace(int i, byte[] value) {
    return records ->
        records.set(i, record(Workload.TRANSLATIONS, message(i).recordKey(), id(i), value));
  }

  private ConsumerRecord<byte[], byte[]> translated(int i) {
    return record(Workload.TRANSLATIONS, message(i).recordKey(), id(i), value(i));
  }

  private static ConsumerRecord<byte[], byte[]> failed(
      Workload workload, int i, FailureReason reason, byte[] original) {
    return failedAt(i, workload, i, reason, original);
  }

  private static ConsumerRecord<byte[], byte[]> failedAt(
      long offset, Workload workload, int i, FailureReason reason, byte[] original) {
    Message message = workload.message(i);
    TranslationFailure failure =
        new TranslationFailure(
            null,
            null,
            Workload.SOURCE,
            PARTITION,
            offset,
            reason,
            "expected this, actual that",
            ByteBuffer.wrap(message.recordKey().getBytes(UTF_8)),
            Optional.ofNullable(original).map(ByteBuffer::wrap).orElse(null),
            Instant.EPOCH);
    return record(
        Workload.FAILURES,
        message.recordKey(),
        message.id(),
        AvroSerdes.translationFailure().serialize(null, failure));
  }

  private byte[] by(String version, int i) {
    return translation(i, french(i), workload.good(message(i)).getAttributes(), version);
  }

  private byte[] value(int i) {
    return translation(i, french(i), workload.good(message(i)).getAttributes());
  }

  private byte[] translation(int i, String text, Map<String, String> attributes) {
    return translation(i, text, attributes, workload.model().version());
  }

  private byte[] translation(int i, String text, Map<String, String> attributes, String version) {
    SourceText source = workload.good(message(i));
    return AvroSerdes.translation()
        .serialize(
            null,
            new Translation(
                source.getMessageId(),
                source.getSourceLanguage(),
                source.getTargetLanguages().get(0),
                text,
                -0.5f,
                List.of(),
                false,
                workload.model().name(),
                version,
                Instant.EPOCH,
                attributes));
  }

  private String french(int i) {
    return translations.get(workload.good(message(i)).getText());
  }

  private Message message(int i) {
    return workload.message(i);
  }

  private String id(int i) {
    return message(i).id();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, String key, String id, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    if (id != null) {
      headers.add(Workload.ID_HEADER, id.getBytes(UTF_8));
    }
    return new ConsumerRecord<>(
        topic,
        PARTITION,
        0,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        key.getBytes(UTF_8),
        value,
        headers,
        Optional.empty());
  }
}
