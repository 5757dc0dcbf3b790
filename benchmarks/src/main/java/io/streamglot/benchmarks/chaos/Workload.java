package io.streamglot.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.bundle.BundleManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is sent: the same in each run, so that nobody has to remember it. Record {@code i} belongs
 * to key {@code i % keys}.
 *
 * <p>Immutable; thread-safe.
 */
final class Workload {

  /** Topics of the program, by its defaults. */
  static final String SOURCE = "source-text";

  static final String TRANSLATIONS = "translations";
  static final String FAILURES = "translation-failures";

  /** Header by which an outcome is known even where its record could not be read. */
  static final String ID_HEADER = "chaos-id";

  /** Attribute with the checksum of the text. */
  static final String CHECKSUM = "checksum";

  /** One record in so many is special, so that one in ten is bad: some kinds are translated. */
  private static final int SPECIAL_EVERY = 8;

  /** Fixed, so that the bytes of a record can be made again. */
  private static final Instant SENT_AT = Instant.ofEpochSecond(1_700_000_000);

  private final int keys;
  private final Sentences sentences;
  private final BundleManifest model;
  private final List<String> versions;
  private final boolean poison;
  private final AvroSerde<SourceText> serde = AvroSerdes.sourceText();

  /**
   * Describes a workload.
   *
   * @param keys conversations, at least 1
   * @param model who translates
   * @param versions of the model, in the order in which they replace each other
   * @param poison whether one record in eight is {@link Special}, and so one in ten bad
   */
  Workload(
      int keys, Sentences sentences, BundleManifest model, List<String> versions, boolean poison) {
    this.keys = keys;
    this.sentences = sentences;
    this.model = model;
    this.versions = List.copyOf(versions);
    this.poison = poison;
  }

  /** The {@code i}th record that is sent. */
  ProducerRecord<byte[], byte[]> record(int i) {
    Message message = message(i);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(SOURCE, message.recordKey().getBytes(UTF_8), value(message));
    record.headers().add(ID_HEADER, message.id().getBytes(UTF_8));
    return record;
  }

  /** The number of the {@code i}th record within its key. */
  Message message(int i) {
    return new Message(i % keys, i / keys);
  }

  /** Which record this is, counted over all keys. */
  long index(Message message) {
    return (long) message.sequence() * keys + message.key();
  }

  /** Whether there is such a key. */
  boolean hasKey(Message message) {
    return message.key() < keys;
  }

  int keys() {
    return keys;
  }

  /** What is special about a message; empty if it is as it should be. */
  Optional<Special> special(Message message) {
    // Scattered, so that each key has its share of each kind whatever the number of keys.
    long scattered = index(message) * 0x9E3779B97F4A7C15L;
    if (!poison || (scattered >>> 32) % SPECIAL_EVERY != 0) {
      return Optional.empty();
    }
    Special[] kinds = Special.values();
    return Optional.of(kinds[(int) ((scattered >>> 35) % kinds.length)]);
  }

  /** The value of a message's record, which may be null. */
  byte[] value(Message message) {
    SourceText good = good(message);
    Optional<Special> special = special(message); // whose value may be null
    return special.isPresent() ? special.get().value(good) : bytes(good);
  }

  /** The message as it would be if nothing were special about it. */
  SourceText good(Message message) {
    String text = sentences.of(message);
    return new SourceText(
        message.id(),
        text,
        model.sourceLanguage(),
        List.of(model.targetLanguage()),
        SENT_AT,
        Map.of(CHECKSUM, checksum(text)),
        List.of());
  }

  /** Whether bare decoding gives this translation of a message that is translated. */
  boolean accepts(Message message, String translation) {
    Special special = special(message).orElse(null);
    if (special == Special.EMPTY_TEXT || special == Special.BLANK_TEXT) {
      return translation.isBlank();
    }
    return sentences.accepts(sentences.of(message), translation);
  }

  /** Who translates. */
  BundleManifest model() {
    return model;
  }

  /** Versions of it, in the order in which they replace each other. */
  List<String> versions() {
    return versions;
  }

  private byte[] bytes(SourceText text) {
    return serde.serialize(null, text);
  }

  private static String checksum(String text) {
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(UTF_8));
    return Long.toHexString(checksum.getValue());
  }
}
