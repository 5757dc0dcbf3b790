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
public final class RecordWalk {

  /** Of schemas that hold themselves; ours are 4 deep. */
  private static final int MAX_DEPTH = 100;

  private final BinaryDecoder in;
  private long itemsLeft;

  private RecordWalk(BinaryDecoder in, long mostItems) {
    this.in = in;
    this.itemsLeft = mostItems;
  }

  /**
   * Walks over one record; bytes after it are left alone.
   *
   * @param offset where it begins
   * @throws IOException if it is longer than the bytes, or no record of the schema
   */
  public static void over(Schema schema, byte[] data, int offset) throws IOException {
    // Items may be of no bytes, in any number; those of our schemas are of one or more.
    int length = data.length - offset;
    new RecordWalk(DecoderFactory.get().binaryDecoder(data, offset, length, null), length)
        .skip(schema, 0);
  }

  private void skip(Schema schema, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("depth: expected at most %d, actual more".formatted(MAX_DEPTH));
    }
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), depth + 1);
        }
      }
      case UNION -> skip(branch(schema.getTypes(), in.readIndex()), depth + 1);
      case ARRAY -> {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
          take(items);
          for (long i = 0; i < items; i++) {
            skip(schema.getElementType(), depth + 1);
          }
        }
      }
      case MAP -> {
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
          take(items);
          for (long i = 0; i < items; i++) {
            skipBytes();
            skip(schema.getValueType(), depth + 1);
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

  private void take(long items) throws IOException {
    if (items > itemsLeft) {
      throw new IOException("items: expected no more than bytes, actual " + items);
    }
    itemsLeft -= items;
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
