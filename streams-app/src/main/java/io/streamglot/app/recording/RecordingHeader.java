package io.streamglot.app.recording;

import io.streamglot.schemas.RecordWalk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * The header of an Avro object container file: magic, metadata, sync marker.
 *
 * <p>Avro leaves the choice of the marker to the writer, mostly at random. Ours is the first 16
 * bytes of the SHA-256 of what precedes it: equal metadata gives equal bytes, and a header that was
 * damaged is found.
 *
 * @param metadata as it is in the file, in the order of names, Avro's own entries too
 * @param sync the marker, 16 bytes
 * @param end where the header ends
 * @param intact whether the marker is that of the metadata
 */
record RecordingHeader(Map<String, String> metadata, ByteBuffer sync, int end, boolean intact) {

  /** More than any header of ours, so that a file of another kind is not read whole. */
  static final int MAX_BYTES = 1 << 20;

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Header", "namespace": "org.apache.avro.file", "fields": [
                {"name": "magic", "type": {"type": "fixed", "name": "Magic", "size": 4}},
                {"name": "meta", "type": {"type": "map", "values": "bytes"}},
                {"name": "sync", "type": {"type": "fixed", "name": "Sync", "size": 16}}]}
              """);

  /** The bytes of a header with this metadata. */
  static byte[] write(Map<String, String> metadata) {
    var out = new ByteArrayOutputStream();
    var binary = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      binary.writeFixed(DataFileConstants.MAGIC);
      binary.writeMapStart();
      binary.setItemCount(metadata.size());
      for (var entry : new TreeMap<>(metadata).entrySet()) {
        binary.startItem();
        binary.writeString(entry.getKey());
        binary.writeBytes(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
      binary.writeMapEnd();
      binary.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    out.writeBytes(marker(out.toByteArray()));
    return out.toByteArray();
  }

  /**
   * Reads a header.
   *
   * @param start the first bytes of the file
   * @throws IOException if they are no header, or it is longer than they are
   */
  static RecordingHeader read(byte[] start) throws IOException {
    RecordWalk.over(SCHEMA, start, 0);
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(start, null);
    in.skipFixed(DataFileConstants.MAGIC.length);
    var metadata = new TreeMap<String, String>();
    for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
      for (long i = 0; i < items; i++) {
        metadata.put(in.readString(), text(in.readBytes(null)));
      }
    }
    int markerStart = start.length - in.inputStream().available();
    var sync = new byte[DataFileConstants.SYNC_SIZE];
    in.readFixed(sync);
    return new RecordingHeader(
        Collections.unmodifiableMap(metadata),
        ByteBuffer.wrap(sync),
        markerStart + sync.length,
        Arrays.equals(sync, marker(Arrays.copyOf(start, markerStart))));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static byte[] marker(byte[] beforeIt) {
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256").digest(beforeIt), DataFileConstants.SYNC_SIZE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
