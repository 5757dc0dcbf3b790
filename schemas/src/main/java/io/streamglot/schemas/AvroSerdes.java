package io.streamglot.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The serde of each record type. Each reads what any released version of the schemas has written.
 *
 * <p>The released versions are kept as frozen copies beside this class, one folder a version; a
 * change of a schema adds a folder and never edits one.
 */
public final class AvroSerdes {

  /** Released versions of the schemas, oldest first. */
  static final List<String> RELEASED = List.of("v1");

  private AvroSerdes() {}

  /** Reads and writes what is to be translated. */
  public static AvroSerde<SourceText> sourceText() {
    return of(SourceText.class);
  }

  /** Reads and writes translations. */
  public static AvroSerde<Translation> translation() {
    return of(Translation.class);
  }

  /** Reads and writes failures. */
  public static AvroSerde<TranslationFailure> translationFailure() {
    return of(TranslationFailure.class);
  }

  /** Reads and writes the records that wait in the application's state. */
  public static AvroSerde<PendingRecord> pendingRecord() {
    return of(PendingRecord.class);
  }

  /**
   * Reads and writes the records of recordings. Those files hold the schema that they were written
   * with, so that no earlier one has to be known here.
   */
  public static AvroSerde<RecordedMessage> recordedMessage() {
    return new AvroSerde<>(RecordedMessage.class, List.of());
  }

  private static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type) {
    var earlier = new ArrayList<Schema>();
    for (var version : RELEASED) {
      earlier.add(frozen(version, type.getSimpleName()));
    }
    return new AvroSerde<>(type, earlier);
  }

  /** A frozen copy. */
  static Schema frozen(String version, String name) {
    return read("frozen/%s/%s.avsc".formatted(version, name));
  }

  /** The current schema, as its file in {@code src/main/avro} has it. */
  static Schema published(String name) {
    return read(name + ".avsc");
  }

  /** Throws an {@link UncheckedIOException} if it is missing. */
  private static Schema read(String resource) {
    try (var in = AvroSerdes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("missing on the class path: " + resource);
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
