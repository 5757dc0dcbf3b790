package io.streamglot.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads one record type in Avro single-object encoding: the bytes {@code C3 01}, the
 * fingerprint of the writer's schema (CRC-64-AVRO, 8 bytes, little-endian), then the record.
 *
 * <ul>
 *   <li>Null is written as null and read as null.
 *   <li>Bytes of the current schema and of each known earlier one are read; what an earlier schema
 *       lacks takes its default.
 *   <li>Anything else is refused with a {@link SerializationException} that says what was expected
 *       and what was found, and before room is made for what is not there.
 *   <li>Strings are UTF-8; malformed sequences are read as U+FFFD.
 * </ul>
 *
 * <p>Instances are thread-safe and hold nothing to close.
 *
 * @param <T> the generated class of the record
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     specification, single-object encoding</a>
 */
public final class AvroSerde<T extends SpecificRecord>
    implements Serde<T>, Serializer<T>, Deserializer<T> {

  private static final int MARKER_BYTES = 2;
  private static final int HEADER_BYTES = MARKER_BYTES + Long.BYTES;

  private final Schema schema;
  private final SpecificData model;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;
  private final Map<Long, Schema> writers = new HashMap<>();

  /**
   * A serde for a type of this module.
   *
   * @param type the generated class
   * @param earlier schemas that bytes may also have been written with, oldest first
   */
  AvroSerde(Class<T> type, List<Schema> earlier) {
    this.schema = SpecificData.get().getSchema(type);
    this.model = new GeneratedClasses(type, schema);
    this.encoder = new BinaryMessageEncoder<>(model, schema);
    this.decoder = new BinaryMessageDecoder<>(model, schema);
    earlier.forEach(decoder::addSchema);
    earlier.forEach(this::addWriter);
    addWriter(schema);
  }

  /** The schema that is written, and that other schemas are read as. */
  public Schema schema() {
    return schema;
  }

  /**
   * The same schema for others to see, such as a registry: as its file in {@code src/main/avro} has
   * it, without the properties that Avro's generator adds for Java. Reads that file each time.
   */
  public Schema publishedSchema() {
    return AvroSerdes.published(schema.getName());
  }

  /** {@inheritDoc} */
  @Override
  public byte[] serialize(String topic, T data) {
    if (data == null) {
      return null;
    }
    try {
      var buffer = encoder.encode(data);
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException | AvroRuntimeException e) {
      throw unwritable(e);
    }
  }

  /**
   * Reads one record.
   *
   * @throws SerializationException if the bytes are not a record of this type
   */
  @Override
  public T deserialize(String topic, byte[] data) {
    if (data == null) {
      return null;
    }
    try {
      requireWhole(data);
      return decoder.decode(data);
    } catch (MissingSchemaException e) {
      throw refused("a known schema, such as " + fingerprint(schema), header(data), e);
    } catch (IOException | RuntimeException e) {
      // Avro trusts the lengths and indexes that it reads, so wrong bytes end in any exception.
      throw data.length >= HEADER_BYTES && startsWithMarker(data)
          ? refused("a whole record after the header", e.toString(), e)
          : refused("C3 01 and a fingerprint of 8 bytes", header(data), e);
    }
  }

  /**
   * The record in Avro's binary encoding alone, for formats that name the schema in another way.
   *
   * @param data not null
   */
  public byte[] toBinary(T data) {
    var out = new ByteArrayOutputStream();
    var binary = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<T>(schema, model).write(data, binary);
      binary.flush();
    } catch (IOException | AvroRuntimeException e) {
      throw unwritable(e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a record in Avro's binary encoding alone.
   *
   * @param writer the schema that it was written with; what it lacks takes its default
   * @param offset where the record begins, at most the length of the data
   * @throws SerializationException if the bytes are no record of that schema, or it does not lead
   *     to this type's
   */
  public T fromBinary(Schema writer, byte[] data, int offset) {
    try {
      RecordWalk.over(writer, data, offset);
      var binary = DecoderFactory.get().binaryDecoder(data, offset, data.length - offset, null);
      return new SpecificDatumReader<T>(writer, schema, model).read(null, binary);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "%s: expected a record that was written with %s, actual %s"
              .formatted(schema.getName(), writer.getFullName(), e),
          e);
    }
  }

  /**
   * Reads records in Avro's binary encoding that follow one another. Lengths are trusted: for data
   * that a checksum has vouched for.
   *
   * @param writer the schema that they were written with; what it lacks takes its default
   * @param count how many, at least 0
   * @param data those records and nothing else, in an array
   * @throws SerializationException if the data is anything else
   */
  public List<T> listFromBinary(Schema writer, long count, ByteBuffer data) {
    try {
      var binary =
          DecoderFactory.get()
              .binaryDecoder(
                  data.array(), data.arrayOffset() + data.position(), data.remaining(), null);
      var reader = new SpecificDatumReader<T>(writer, schema, model);
      var records = new ArrayList<T>();
      for (long i = 0; i < count; i++) {
        records.add(reader.read(null, binary));
      }
      if (!binary.isEnd()) {
        throw new IOException("bytes after them");
      }
      return records;
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "%s: expected %d records that were written with %s, actual %s"
              .formatted(schema.getName(), count, writer.getFullName(), e),
          e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return this;
  }

  @Override
  public Deserializer<T> deserializer() {
    return this;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}

  private void addWriter(Schema writer) {
    writers.put(SchemaNormalization.parsingFingerprint64(writer), writer);
  }

  /** Of a schema that is not known, nothing; the decoder says so. */
  private void requireWhole(byte[] data) throws IOException {
    if (data.length >= HEADER_BYTES && startsWithMarker(data)) {
      var writer =
          writers.get(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER_BYTES));
      if (writer != null) {
        RecordWalk.over(writer, data, HEADER_BYTES);
      }
    }
  }

  private SerializationException unwritable(Exception cause) {
    return new SerializationException(
        "%s: cannot be written: %s".formatted(schema.getName(), cause.getMessage()), cause);
  }

  private SerializationException refused(String expected, String actual, Exception cause) {
    return new SerializationException(
        "%s in Avro single-object encoding: expected %s, actual %s"
            .formatted(schema.getName(), expected, actual),
        cause);
  }

  private static boolean startsWithMarker(byte[] data) {
    return data[0] == (byte) 0xC3 && data[1] == 0x01;
  }

  private static String header(byte[] data) {
    var shown = HexFormat.ofDelimiter(" ").withUpperCase();
    return data.length == 0
        ? "no bytes"
        : "%d bytes starting with %s"
            .formatted(data.length, shown.formatHex(data, 0, Math.min(data.length, HEADER_BYTES)));
  }

  private static String fingerprint(Schema schema) {
    var littleEndian =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(SchemaNormalization.parsingFingerprint64(schema));
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(littleEndian.array());
  }
}
