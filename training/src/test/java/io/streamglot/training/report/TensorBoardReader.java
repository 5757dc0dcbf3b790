package io.streamglot.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads TFRecords and events as their specifications say, and checks every checksum on the way. */
final class TensorBoardReader {

  /** CRC-32C (Castagnoli), reversed. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private TensorBoardReader() {}

  /**
   * An event.
   *
   * @param version of the file format, empty in all but the first event
   * @param sessionStatus of a session log, 0 if there is none
   */
  record Event(
      double wallTime, long step, String version, long sessionStatus, Map<String, Float> scalars) {}

  static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(crc32c(length)));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(crc32c(data)));
      events.add(event(UnknownFieldSet.parseFrom(data)));
    }
    return events;
  }

  /** Bit by bit, from the definition. */
  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte value : bytes) {
      crc ^= value & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
    }
    return ~crc;
  }

  /** As {@code tensorflow/core/lib/hash/crc32c.h}. */
  private static int masked(int crc) {
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Event event(UnknownFieldSet event) throws IOException {
    long status = 0;
    for (ByteString log : event.getField(7).getLengthDelimitedList()) {
      status = UnknownFieldSet.parseFrom(log).getField(1).getVarintList().get(0);
    }
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (ByteString summary : event.getField(5).getLengthDelimitedList()) {
      for (ByteString bytes :
          UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList()) {
        UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
        scalars.put(
            text(value.getField(1)),
            Float.intBitsToFloat(value.getField(2).getFixed32List().get(0)));
      }
    }
    return new Event(
        Double.longBitsToDouble(event.getField(1).getFixed64List().get(0)),
        event.getField(2).getVarintList().get(0),
        text(event.getField(3)),
        status,
        scalars);
  }

  private static String text(UnknownFieldSet.Field field) {
    return field.getLengthDelimitedList().stream()
        .map(bytes -> bytes.toString(StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }
}
