package io.streamglot.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Holds what came out to what went in: each message once, in the order of its key, on the right
 * topic, with the right content.
 *
 * <p>Keeps two bits a message, so that millions are no matter. Order is that of first occurrences
 * on a topic: a message that comes again is doubled and no more. Thread-safe.
 */
final class Verifier {

  /** Examples that are kept of each fault. */
  private static final int EXAMPLES = 5;

  /** A number beyond is none of ours; the bits of all up to it take some megabytes. */
  private static final long MOST_MESSAGES = 100_000_000;

  /** Originals larger than this may be left out of a failure. */
  private static final int SURELY_FITS = 900_000;

  private final Workload workload;
  private final AvroSerde<Translation> translations = AvroSerdes.translation();
  private final AvroSerde<TranslationFailure> failures = AvroSerdes.translationFailure();
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final List<String> examples = new ArrayList<>();
  private final BitSet translated = new BitSet();
  private final BitSet failed = new BitSet();
  private final int[] lastTranslated;
  private final int[] lastFailed;
  private final Map<String, Message> failedPlaces = new HashMap<>();
  private final ModelSwitches switches;
  private long records;
  private long answeredThrough;

  Verifier(Workload workload) {
    this.workload = workload;
    this.switches = new ModelSwitches(workload.versions());
    this.lastTranslated = nothingYet(workload.keys());
    this.lastFailed = nothingYet(workload.keys());
  }

  private static int[] nothingYet(int keys) {
    int[] last = new int[keys];
    Arrays.fill(last, -1);
    return last;
  }

  /** Takes a record of the topic of translations or failures, in the order of its partition. */
  synchronized void accept(ConsumerRecord<byte[], byte[]> record) {
    records++;
    Optional<Message> sent = sent(record);
    if (sent.isEmpty()) {
      found(Fault.NEVER_SENT, record, "");
      return;
    }
    boolean isTranslation = record.topic().equals(Workload.TRANSLATIONS);
    note(sent.get(), isTranslation ? translated : failed, lastOf(isTranslation), record);
    boolean bad = workload.special(sent.get()).map(each -> each.reason().isPresent()).orElse(false);
    if (bad == isTranslation) {
      found(Fault.WRONG_TOPIC, record, "");
    }
    try {
      if (isTranslation) {
        checkTranslation(sent.get(), record);
      } else {
        checkFailure(sent.get(), record);
      }
    } catch (SerializationException e) {
      found(Fault.WRONG_CONTENT, record, e.getMessage());
    }
  }

  private int[] lastOf(boolean isTranslation) {
    return isTranslation ? lastTranslated : lastFailed;
  }

  /** The message that the record names in its header, if it also has that message's key. */
  private Optional<Message> sent(ConsumerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader(Workload.ID_HEADER);
    if (header == null || header.value() == null || record.key() == null) {
      return Optional.empty();
    }
    return Message.parse(new String(header.value(), UTF_8))
        .filter(workload::hasKey)
        .filter(message -> workload.index(message) < MOST_MESSAGES)
        .filter(message -> message.recordKey().equals(new String(record.key(), UTF_8)));
  }

  private void note(
      Message message, BitSet seen, int[] last, ConsumerRecord<byte[], byte[]> record) {
    int index = Math.toIntExact(workload.index(message));
    if (seen.get(index)) {
      found(Fault.DOUBLED, record, "");
      return;
    }
    seen.set(index);
    if (translated.get(index) && failed.get(index)) {
      found(Fault.IN_BOTH, record, "");
    }
    if (message.sequence() < last[message.key()]) {
      found(Fault.OUT_OF_ORDER, record, "after " + last[message.key()]);
      return;
    }
    int before = Math.max(lastTranslated[message.key()], lastFailed[message.key()]);
    last[message.key()] = message.sequence();
    answeredThrough += Math.max(0, message.sequence() - before);
  }

  private void checkTranslation(Message message, ConsumerRecord<byte[], byte[]> record) {
    Translation actual = translations.deserialize(record.topic(), record.value());
    SourceText sent = workload.good(message);
    if (actual == null
        || !actual.getMessageId().equals(sent.getMessageId())
        || !actual.getSourceLanguage().equals(sent.getSourceLanguage())
        || !actual.getTargetLanguage().equals(sent.getTargetLanguages().get(0))
        || !actual.getAttributes().entrySet().containsAll(sent.getAttributes().entrySet())
        || !actual.getModelName().equals(workload.model().name())
        || !workload.versions().contains(actual.getModelVersion())
        || actual.getTruncated()) {
      found(Fault.WRONG_CONTENT, record, String.valueOf(actual));
    } else if (!switches.follows(record.partition(), record.offset(), actual.getModelVersion())) {
      found(Fault.OLD_MODEL, record, actual.getModelVersion());
    } else if (!workload.accepts(message, actual.getText())) {
      found(Fault.WRONG_TEXT, record, "'%s': '%s'".formatted(sent.getText(), actual.getText()));
    }
  }

  private void checkFailure(Message message, ConsumerRecord<byte[], byte[]> record) {
    TranslationFailure actual = failures.deserialize(record.topic(), record.value());
    byte[] sent = workload.value(message);
    boolean mayLeaveOut = sent == null || sent.length > SURELY_FITS;
    if (actual == null
        || !(actual.getMessageId() == null || actual.getMessageId().equals(message.id()))
        || !actual.getTopic().equals(Workload.SOURCE)
        || actual.getPartition() != record.partition()
        || !Optional.of(actual.getReason())
            .equals(workload.special(message).flatMap(Special::reason))
        || !isOriginal(actual.getOriginalValue(), sent, mayLeaveOut)
        || !isOriginal(actual.getOriginalKey(), message.recordKey().getBytes(UTF_8), mayLeaveOut)
        || !message.equals(
            failedPlaces.computeIfAbsent(
                actual.getPartition() + "-" + actual.getOffset(), place -> message))) {
      found(
          Fault.WRONG_CONTENT,
          record,
          actual == null ? "null" : actual.getReason() + ": " + actual.getMessage());
    }
  }

  private static boolean isOriginal(ByteBuffer actual, byte[] sent, boolean mayLeaveOut) {
    return actual == null
        ? sent == null || mayLeaveOut
        : sent != null && actual.equals(ByteBuffer.wrap(sent));
  }

  private void found(Fault fault, ConsumerRecord<byte[], byte[]> record, String detail) {
    if (counts.merge(fault, 1L, Long::sum) <= EXAMPLES) {
      var header = record.headers().lastHeader(Workload.ID_HEADER);
      examples.add(
          "%s: %s, %s-%d offset %d%s"
              .formatted(
                  fault,
                  header == null ? "no id" : new String(header.value(), UTF_8),
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  detail.isEmpty() ? "" : ": " + detail));
    }
  }

  /** Outcomes, all that were seen. */
  synchronized long records() {
    return records;
  }

  /** Messages up to the last of each key that has an outcome: how far the stream is. */
  synchronized long answeredThrough() {
    return answeredThrough;
  }

  /** Whether this version of the model has translated something. */
  synchronized boolean hasSeen(String version) {
    return switches.hasSeen(version);
  }

  /** From where on each version translates, a line each; none if there is only one. */
  synchronized List<String> switches() {
    return switches.lines();
  }

  /** Whether each of the first so many messages has an outcome. */
  synchronized boolean isComplete(int sent) {
    return missing(sent) == 0;
  }

  private int missing(int sent) {
    BitSet seen = (BitSet) translated.clone();
    seen.or(failed);
    return sent - seen.get(0, sent).cardinality();
  }

  /**
   * The verdict.
   *
   * @param sent how many messages were sent
   */
  synchronized Verdict verdict(int sent) {
    Map<Fault, Long> all = new EnumMap<>(counts);
    List<String> lines = new ArrayList<>(examples);
    BitSet seen = (BitSet) translated.clone();
    seen.or(failed);
    int unsent = seen.cardinality() - seen.get(0, sent).cardinality();
    if (unsent > 0) {
      all.merge(Fault.NEVER_SENT, (long) unsent, Long::sum);
      lines.add("never sent: %s first".formatted(workload.message(seen.nextSetBit(sent)).id()));
    }
    int lost = missing(sent);
    if (lost > 0) {
      all.put(Fault.LOST, (long) lost);
      int index = -1;
      for (int i = 0; i < Math.min(lost, EXAMPLES); i++) {
        index = seen.nextClearBit(index + 1);
        lines.add("lost: " + workload.message(index).id());
      }
    }
    return new Verdict(
        sent, translated.cardinality(), failed.cardinality(), holes(sent, seen), all, lines);
  }

  private long holes(int sent, BitSet seen) {
    long holes = 0;
    for (int i = seen.nextClearBit(0); i < sent; i = seen.nextClearBit(i + 1)) {
      Message lost = workload.message(i);
      if (lost.sequence() < Math.max(lastTranslated[lost.key()], lastFailed[lost.key()])) {
        holes++;
      }
    }
    return holes;
  }
}
