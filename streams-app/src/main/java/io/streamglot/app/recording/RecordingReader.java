package io.streamglot.app.recording;

import io.streamglot.app.format.ValueFormat;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.avro.file.DataFileConstants;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a recording, message by message; holds one block of it in memory.
 *
 * <p>Not thread-safe.
 */
public final class RecordingReader implements Iterator<RecordedMessage>, AutoCloseable {

  private static final AvroSerde<RecordedMessage> SERDE = AvroSerdes.recordedMessage();

  private final Path path;
  private final Damage damage;
  private final RecordingFile file;
  private final Schema writer;
  private final List<String> skipped = new ArrayList<>();
  private Iterator<RecordedMessage> block = Collections.emptyIterator();
  private long position;
  private long messages;
  private boolean ended;

  private RecordingReader(Path path, Damage damage, RecordingFile file) {
    this.path = path;
    this.damage = damage;
    this.file = file;
    this.writer = checkedSchema();
    this.position = file.header().end();
  }

  /**
   * Opens a recording.
   *
   * @param damage {@link Damage#REFUSE} reads the file once to its end before the first message of
   *     it is given out, so that nothing of a damaged one is used
   * @throws RecordingException if it is no recording, cannot be read, or, where that is to be
   *     refused, is cut short, damaged, or of another version
   */
  public static RecordingReader open(Path path, Damage damage) {
    if (damage == Damage.REFUSE) {
      try (RecordingReader check = unchecked(path, damage)) {
        check.forEachRemaining(message -> {});
      }
    }
    return unchecked(path, damage);
  }

  /**
   * What a recording says of itself, which need not be whole yet.
   *
   * @throws RecordingException if it is none, cannot be read, or is of another version
   */
  public static Map<String, String> metadata(Path path) {
    try (RecordingReader reader = unchecked(path, Damage.REFUSE)) {
      return reader.metadata();
    }
  }

  /** What the file says of itself, by the names of {@link RecordingMetadata}. */
  public Map<String, String> metadata() {
    var metadata = new TreeMap<>(file.header().metadata());
    metadata.keySet().removeIf(name -> !name.startsWith(RecordingMetadata.PREFIX));
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * How the values are written.
   *
   * @throws RecordingException if the recording names a format that there is not
   */
  public ValueFormat format() {
    var name = metadata().getOrDefault(RecordingMetadata.FORMAT, ValueFormat.AVRO.toString());
    return ValueFormat.parse(name)
        .orElseThrow(
            () ->
                new RecordingException(
                    path, RecordingMetadata.FORMAT, "one of " + ValueFormat.EXPECTED, name));
  }

  /**
   * A line for each part that was skipped until now, and each other thing that is not as it should
   * be; none but under {@link Damage#SALVAGE}.
   */
  public List<String> skipped() {
    return Collections.unmodifiableList(skipped);
  }

  /**
   * The lines of {@link #skipped}, and how much was read all the same; empty if nothing was
   * skipped.
   */
  public List<String> losses() {
    if (skipped.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<>(skipped);
    lines.add(
        "%s: %d in all; %s"
            .formatted(
                path,
                skipped.size(),
                messages == 0
                    ? "nothing could be read"
                    : "messages that could be read: " + messages));
    return lines;
  }

  /**
   * Whether there is another message.
   *
   * @throws RecordingException if the file cannot be read, or was damaged since it was opened
   */
  @Override
  public boolean hasNext() {
    while (!block.hasNext() && !ended) {
      try {
        readBlock();
      } catch (RecordingException e) {
        skip(e);
        OptionalLong next = file.nextBlock(position);
        ended = next.isEmpty();
        position = next.orElse(position);
      }
    }
    return block.hasNext();
  }

  @Override
  public RecordedMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException(path + ": no more messages");
    }
    messages++;
    return block.next();
  }

  @Override
  public void close() {
    file.close();
  }

  /**
   * Reads a recording that is not whole yet, up to where it is; nothing of it is checked before.
   */
  static RecordingReader unchecked(Path path, Damage damage) {
    RecordingFile file = RecordingFile.open(path);
    try {
      return new RecordingReader(path, damage, file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Where the last block that was read ends. */
  long position() {
    return position;
  }

  RecordingHeader header() {
    return file.header();
  }

  private void readBlock() {
    RecordingFile.Block read = file.read(position);
    String where = "block at byte " + position;
    if (read.count() > 0) {
      try {
        block = SERDE.listFromBinary(writer, read.count(), read.data()).iterator();
      } catch (SerializationException e) {
        throw new RecordingException(
            path, where, read.count() + " messages", String.valueOf(e.getMessage()), e);
      }
    } else if (read.data().hasRemaining() || read.end() < file.size()) {
      throw new RecordingException(
          path, where, "messages, since it is not the end of the file", "none");
    } else {
      ended = true;
    }
    position = read.end();
  }

  private Schema checkedSchema() {
    Map<String, String> metadata = file.header().metadata();
    String version = metadata.get(RecordingMetadata.VERSION);
    if (version == null || !metadata.containsKey(DataFileConstants.SCHEMA)) {
      throw new RecordingException(
          path, "header", "metadata of a recording", "an Avro file of another kind");
    }
    requireCodec(metadata.get(DataFileConstants.CODEC));
    if (!file.header().intact()) {
      skip(new RecordingException(path, "header", "the sync marker of its metadata", "another"));
    }
    Schema schema = parsed(metadata.get(DataFileConstants.SCHEMA));
    if (!version.equals(RecordingMetadata.CURRENT_VERSION)) {
      skipIfReadable(
          schema,
          new RecordingException(
              path, "format version", RecordingMetadata.CURRENT_VERSION, version));
    }
    requireKnown(schema);
    return schema;
  }

  private void requireCodec(String codec) {
    if (!DataFileConstants.ZSTANDARD_CODEC.equals(codec)) {
      throw new RecordingException(
          path, "codec", DataFileConstants.ZSTANDARD_CODEC, String.valueOf(codec));
    }
  }

  private Schema parsed(String schema) {
    try {
      return new Schema.Parser().parse(schema);
    } catch (SchemaParseException e) {
      throw new RecordingException(path, "schema", "one of Avro", "something else", e);
    }
  }

  private void requireKnown(Schema found) {
    long expected = SchemaNormalization.parsingFingerprint64(SERDE.schema());
    long actual = SchemaNormalization.parsingFingerprint64(found);
    if (expected != actual) {
      skipIfReadable(
          found,
          new RecordingException(
              path,
              "schema",
              "%s with fingerprint %016x".formatted(SERDE.schema().getFullName(), expected),
              "%s with %016x".formatted(found.getFullName(), actual)));
    }
  }

  /** What was written with another schema may still be read, if Avro can resolve it. */
  private void skipIfReadable(Schema found, RecordingException other) {
    if (SchemaCompatibility.checkReaderWriterCompatibility(SERDE.schema(), found).getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      throw other;
    }
    skip(other);
  }

  private void skip(RecordingException what) {
    if (damage == Damage.REFUSE) {
      throw RecordingException.damage(what);
    }
    skipped.add(what.getMessage());
  }
}
