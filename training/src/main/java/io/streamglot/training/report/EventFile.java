package io.streamglot.training.report;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file that TensorBoard reads: {@code Event} messages of {@code
 * tensorflow/core/util/event.proto}, framed as TFRecords.
 *
 * <pre>
 * record := length (uint64) masked-crc(length) (uint32) data masked-crc(data) (uint32)
 * masked-crc(b) := rotate-right(crc32c(b), 15) + 0xa282ead8            all little-endian
 * </pre>
 *
 * <p>Each record is appended as a whole and the file closed again, so that TensorBoard can follow a
 * run, and nothing is lost but the last record if it is killed.
 */
final class EventFile {

  private static final String PREFIX = "events.out.tfevents.";
  private static final String SUFFIX = ".streamglot";
  private static final String FORMAT = "brain.Event:2";
  private static final int CRC_MASK = 0xa282ead8;

  // Field numbers of Event, Summary, Summary.Value and SessionLog.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;
  private static final int SESSION_LOG_STATUS = 1;
  private static final int SESSION_START = 1;

  private final Path file;

  private EventFile(Path file) {
    this.file = file;
  }

  /** The fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /**
   * Begins a file after all others of the folder. TensorBoard reads them in the order of their
   * names, as one run, and forgets what earlier ones say of {@code firstStep} and later steps.
   *
   * @param folder made if it does not exist
   * @param firstStep the first step that the file may tell of
   */
  static EventFile create(Path folder, Instant now, int firstStep) throws IOException {
    Files.createDirectories(folder);
    long number = Math.max(now.getEpochSecond(), lastNumber(folder) + 1);
    EventFile file = new EventFile(folder.resolve("%s%010d%s".formatted(PREFIX, number, SUFFIX)));
    file.append(now, 0, out -> out.writeString(EVENT_FILE_VERSION, FORMAT));
    byte[] start = message(out -> out.writeEnum(SESSION_LOG_STATUS, SESSION_START));
    file.append(now, firstStep, out -> out.writeByteArray(EVENT_SESSION_LOG, start));
    return file;
  }

  /**
   * Appends values.
   *
   * @param values by tag, such as {@code train/loss}
   */
  void scalars(Instant now, int step, Map<String, Double> values) throws IOException {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> value : values.entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, scalar(value.getKey(), value.getValue()));
              }
            });
    append(now, step, out -> out.writeByteArray(EVENT_SUMMARY, summary));
  }

  private static byte[] scalar(String tag, double value) throws IOException {
    return message(
        out -> {
          out.writeString(VALUE_TAG, tag);
          out.writeFloat(VALUE_SIMPLE_VALUE, (float) value);
        });
  }

  private void append(Instant now, int step, Fields what) throws IOException {
    byte[] event =
        message(
            out -> {
              out.writeDouble(EVENT_WALL_TIME, now.toEpochMilli() / 1e3);
              out.writeInt64(EVENT_STEP, step);
              what.writeTo(out);
            });
    Files.write(file, frame(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] frame(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(maskedCrc(data, data.length));
    return record.array();
  }

  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }

  /** The number of the last file in the folder, 0 if there is none. */
  private static long lastNumber(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\Q" + PREFIX + "\\E\\d{10}\\Q" + SUFFIX + "\\E"))
          .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length(), PREFIX.length() + 10)))
          .max()
          .orElse(0);
    }
  }
}
