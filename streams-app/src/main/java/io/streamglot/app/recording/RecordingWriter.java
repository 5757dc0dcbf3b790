package io.streamglot.app.recording;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileConstants;

/**
 * Writes a recording beside its place, under its name with {@value #PART} after it, and moves it
 * there when it is whole. Equal metadata and messages give equal bytes.
 *
 * <p>What is not published stays as the part, to be resumed, unless it is discarded.
 *
 * <p>Not thread-safe.
 */
public final class RecordingWriter implements AutoCloseable {

  private static final String PART = ".part";

  /** Bytes of messages that make a block; what one damaged bit costs, too. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private static final AvroSerde<RecordedMessage> SERDE = AvroSerdes.recordedMessage();

  private final Path target;
  private final FileChannel channel;
  private final ByteBuffer sync;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private long count;
  private long inAll;

  private RecordingWriter(Path target, FileChannel channel, ByteBuffer sync) {
    this.target = target;
    this.channel = channel;
    this.sync = sync;
  }

  /**
   * Begins a recording; a part that is there is overwritten.
   *
   * @param target where the recording shall be; replaced when this one is published
   * @param metadata by the names of {@link RecordingMetadata}
   * @throws RecordingException if it cannot be written
   */
  public static RecordingWriter create(Path target, Map<String, String> metadata) {
    var all = new TreeMap<>(metadata);
    all.put(RecordingMetadata.VERSION, RecordingMetadata.CURRENT_VERSION);
    all.put(DataFileConstants.SCHEMA, SERDE.schema().toString());
    all.put(DataFileConstants.CODEC, DataFileConstants.ZSTANDARD_CODEC);
    byte[] header = RecordingHeader.write(all);
    try {
      var channel =
          FileChannel.open(
              partOf(target),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      var writer = new RecordingWriter(target, channel, sync(header));
      writer.append(header);
      return writer;
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Goes on with the part, after its last whole block; what follows that is cut off.
   *
   * @param target as it was given to {@link #create}
   * @param written takes the messages that are there already, in their order
   * @throws RecordingException if there is no part, or none that this version has begun
   */
  public static RecordingWriter resume(Path target, Consumer<RecordedMessage> written) {
    Path part = partOf(target);
    long end;
    ByteBuffer sync;
    long messages = 0;
    try (RecordingReader reader = RecordingReader.unchecked(part, Damage.SALVAGE)) {
      if (!reader.skipped().isEmpty()) {
        throw new RecordingException(
            part, "part", "one that this version has begun", reader.skipped().get(0));
      }
      end = reader.position();
      while (reader.hasNext() && reader.skipped().isEmpty()) {
        end = reader.position();
        written.accept(reader.next());
        messages++;
      }
      sync = reader.header().sync();
    }
    try {
      var channel = FileChannel.open(part, StandardOpenOption.WRITE);
      channel.truncate(end).position(end);
      var writer = new RecordingWriter(target, channel, sync);
      writer.inAll = messages;
      return writer;
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** The file that is written until it is whole. */
  public static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + PART);
  }

  /**
   * Appends a message.
   *
   * @throws RecordingException if it cannot be written
   */
  public void write(RecordedMessage message) {
    block.writeBytes(SERDE.toBinary(message));
    count++;
    inAll++;
    if (block.size() >= BLOCK_BYTES) {
      writeBlock();
    }
  }

  /** Messages that were written until now, those before a resumption too. */
  public long messages() {
    return inAll;
  }

  /**
   * Ends the recording and puts it in its place in one step; closes the writer.
   *
   * @throws RecordingException if that fails; the target is as it was
   */
  public void publish() {
    if (count > 0) {
      writeBlock();
    }
    append(RecordingFile.block(0, new byte[0], sync));
    try {
      channel.force(true);
      channel.close();
      Files.move(
          partOf(target),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Leaves what is not published as the part, less the messages of the block in work. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Closes the writer, and deletes the part.
   *
   * @throws RecordingException if that fails
   */
  public void discard() {
    close();
    try {
      Files.deleteIfExists(partOf(target));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private void writeBlock() {
    append(RecordingFile.block(count, block.toByteArray(), sync));
    block.reset();
    count = 0;
  }

  private void append(byte[] bytes) {
    try {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static ByteBuffer sync(byte[] header) {
    int start = header.length - DataFileConstants.SYNC_SIZE;
    return ByteBuffer.wrap(Arrays.copyOfRange(header, start, header.length));
  }

  private static RecordingException unwritable(Path target, IOException cause) {
    String reason = cause.getClass().getSimpleName() + " " + cause.getMessage();
    return new RecordingException(target, "file", "one that can be written", reason, cause);
  }
}
