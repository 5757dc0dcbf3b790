package io.streamglot.schemas;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Walks over a record in Avro's binary encoding and keeps nothing of it, so that a wrong length is
 * found before anybody makes room for it. Avro makes room first, up to 2 GiB for a text of which
 * there are ten bytes, and an error of memory ends the program.
 */
final class RecordWalk {

  private final BinaryDecoder in;

  private RecordWalk(BinaryDecoder in) {
    this.in = in;
  }

  /**
   * Walks over one record; bytes after it are left alone.
   *
   * @param offset where it begins
   * @throws IOException if it is longer than the bytes, or no record of the schema
   */
  static void over(Schema schema, byte[] data, int offset) throws IOException {
    new RecordWalk(DecoderFactory.get().binaryDecoder(data, offset, data.length - offset, null))
        .skip(schema);
  }

  private void skip(Schema schema) throws IOException {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema());
        }
      }
      case UNION -> skip(branch(schema.getTypes(), in.readIndex()));
      case ARRAY -> {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
          for (long i = 0; i < items; i++) {
            skip(schema.getElementType());
          }
        }
      }
      case MAP -> {
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
          for (long i = 0; i < items; i++) {
            skipBytes();
            skip(schema.getValueType());
          }
        }
      }
      case STRING, BYTES -> skipBytes();
      case FIXED -> in.skipFixed(schema.getFixedSize());
      case INT, ENUM -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case BOOLEAN -> in.readBoolean();
      case NULL -> in.readNull();
    }
  }

  private static Schema branch(List<Schema> branches, int index) throws IOException {
    if (index < 0 || index >= branches.size()) {
      throw new IOException(
          "union: expected 0 to %d, actual %d".formatted(branches.size() - 1, index));
    }
    return branches.get(index);
  }

  private void skipBytes() throws IOException {
    long length = in.readLong();
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IOException("length: expected 0 to the end of the record, actual " + length);
    }
    in.skipFixed((int) length);
  }
}
