package io.streamglot.app.recording;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.avro.file.Codec;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.ZstandardCodec;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * The blocks of a recording: number of records, number of bytes, the records compressed, sync
 * marker. The last block is of no records, so that a file that was cut short between two blocks is
 * told from a whole one.
 *
 * <p>Avro's own reader makes room for as many bytes as a damaged block says, and takes a cut
 * between blocks for the end. This one looks for the sync marker first.
 *
 * <p>Not thread-safe.
 */
final class RecordingFile implements Closeable {

  /** Two numbers of up to 10 bytes. */
  private static final int MAX_BLOCK_HEADER_BYTES = 20;

  private static final int SYNC_BYTES = DataFileConstants.SYNC_SIZE;
  private static final int SEARCH_BYTES = 1 << 16;

  /** With a checksum of the content in each block, which Avro's deflate has not. */
  private static final Codec CODEC = new ZstandardCodec(3, true, false);

  private final Path path;
  private final FileChannel channel;
  private final RecordingHeader header;

  /**
   * A block.
   *
   * @param count records in it
   * @param data the records, not compressed
   * @param end where the next block begins
   */
  record Block(long count, ByteBuffer data, long end) {}

  private RecordingFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.header = readHeader();
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws RecordingException if it is no Avro container file, or none that can be read
   */
  static RecordingFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new RecordingException(path, "file", "a recording", "a folder");
    }
    try {
      var channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new RecordingFile(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new RecordingException(path, "file", "a recording", "no such file", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  RecordingHeader header() {
    return header;
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Reads the block that begins there.
   *
   * @throws RecordingException if none does, or it is damaged
   */
  Block read(long position) {
    String where = "block at byte " + position;
    try {
      byte[] start = bytes(position, MAX_BLOCK_HEADER_BYTES);
      if (start.length == 0) {
        throw cutShort(position, null);
      }
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(start, null);
      long count = in.readLong();
      long size = in.readLong();
      long data = position + start.length - in.inputStream().available();
      if (count < 0 || size < 0 || size > Integer.MAX_VALUE) {
        throw new RecordingException(
            path, where, "numbers of records and bytes", count + " and " + size);
      }
      if (data + size + SYNC_BYTES > size()) {
        throw cutShort(position, null);
      }
      if (!ByteBuffer.wrap(bytes(data + size, SYNC_BYTES)).equals(header.sync())) {
        throw new RecordingException(
            path, where, "the file's sync marker after " + size + " bytes", "other bytes");
      }
      return new Block(
          count, decompressed(where, bytes(data, (int) size)), data + size + SYNC_BYTES);
    } catch (EOFException e) {
      throw cutShort(position, e);
    } catch (IOException e) {
      throw new RecordingException(path, where, "a block", String.valueOf(e.getMessage()), e);
    }
  }

  /** Where the first block begins whose start is beyond the position, by the marker before it. */
  OptionalLong nextBlock(long position) {
    try {
      var sync = new byte[SYNC_BYTES];
      header.sync().duplicate().get(sync);
      long at = position;
      byte[] window = bytes(at, SEARCH_BYTES);
      while (window.length >= SYNC_BYTES) {
        for (int i = 0; i + SYNC_BYTES <= window.length; i++) {
          if (Arrays.equals(window, i, i + SYNC_BYTES, sync, 0, SYNC_BYTES)) {
            return OptionalLong.of(at + i + SYNC_BYTES);
          }
        }
        at += window.length - SYNC_BYTES + 1;
        window = bytes(at, SEARCH_BYTES);
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The bytes of a block. */
  static byte[] block(long count, byte[] data, ByteBuffer sync) {
    var out = new ByteArrayOutputStream();
    try {
      ByteBuffer compressed = CODEC.compress(ByteBuffer.wrap(data));
      var binary = EncoderFactory.get().directBinaryEncoder(out, null);
      binary.writeLong(count);
      binary.writeLong(compressed.remaining());
      binary.writeFixed(compressed);
      binary.writeFixed(sync.duplicate());
      binary.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return out.toByteArray();
  }

  static RecordingException unreadable(Path path, IOException cause) {
    return new RecordingException(
        path, "file", "one that can be read", String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private RecordingHeader readHeader() throws IOException {
    byte[] start = bytes(0, RecordingHeader.MAX_BYTES);
    byte[] magic = Arrays.copyOf(start, DataFileConstants.MAGIC.length);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new RecordingException(
          path,
          "first bytes",
          "'Obj' and 1, as in an Avro object container file",
          start.length < magic.length ? start.length + " bytes" : "others");
    }
    try {
      return RecordingHeader.read(start);
    } catch (IOException | RuntimeException e) {
      throw new RecordingException(
          path, "header", "metadata and a sync marker", "cut short or damaged", e);
    }
  }

  private ByteBuffer decompressed(String where, byte[] compressed) {
    try {
      return CODEC.decompress(ByteBuffer.wrap(compressed));
    } catch (IOException e) {
      throw new RecordingException(
          path, where, "compressed records", String.valueOf(e.getMessage()), e);
    }
  }

  private RecordingException cutShort(long position, Exception cause) {
    return new RecordingException(
        path,
        "byte " + position,
        "a whole block, the last of them of no records",
        "cut short after %d bytes".formatted(size()),
        cause);
  }

  /** Fewer than asked for at the end of the file. */
  private byte[] bytes(long position, int count) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(count, Math.max(0, size() - position)));
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
