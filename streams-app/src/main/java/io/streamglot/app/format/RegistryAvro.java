package io.streamglot.app.format;

import io.streamglot.schemas.AvroSerde;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/**
 * Writes and reads one record type in the wire format of Confluent's registry: a zero byte, the id
 * of the writer's schema (4 bytes, big-endian), then the record in Avro's binary encoding.
 * Thread-safe.
 *
 * @param <T> the generated class of the record
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Wire
 *     format</a>
 */
final class RegistryAvro<T extends SpecificRecord> {

  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final AvroSerde<T> serde;
  private final Schema schema;
  private final SchemaRegistry registry;

  RegistryAvro(AvroSerde<T> serde, SchemaRegistry registry) {
    this.serde = serde;
    this.schema = serde.publishedSchema();
    this.registry = registry;
  }

  /**
   * Makes sure that records for a topic can be written.
   *
   * @throws RegistryException if they cannot
   */
  void prepare(String topic) {
    var unused = registry.id(topic, schema);
  }

  /**
   * Writes a record for a topic.
   *
   * @throws RegistryException if the registry lacks the schema, refuses it or cannot be asked
   */
  byte[] write(String topic, T data) {
    int id = registry.id(topic, schema);
    byte[] binary = serde.toBinary(data);
    return ByteBuffer.allocate(HEADER_BYTES + binary.length)
        .put(MAGIC)
        .putInt(id)
        .put(binary)
        .array();
  }

  /**
   * Reads a record.
   *
   * @throws SerializationException if the bytes are no record of this type, or of a schema that the
   *     registry does not have
   * @throws RegistryException if the registry cannot be asked
   */
  T read(ByteBuffer value) {
    byte[] bytes = Utils.toArray(value);
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      throw new SerializationException(
          "value: expected 00 and a schema's id of 4 bytes, actual %s"
              .formatted(
                  bytes.length == 0
                      ? "no bytes"
                      : "%d bytes starting with %02X".formatted(bytes.length, bytes[0])));
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    if (id < 0) {
      throw new SerializationException("value: expected a schema's id from 0, actual " + id);
    }
    return serde.fromBinary(registry.schema(id), bytes, HEADER_BYTES);
  }
}
