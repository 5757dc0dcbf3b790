package io.streamglot.app.recording;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Messages of a partition that were read and wait until those of others are. Not thread-safe. */
final class WaitingMessages {

  private final Queue<ConsumerRecord<byte[], byte[]>> messages = new ArrayDeque<>();
  private final int enough;
  private final long enoughBytes;
  private long bytes;

  /** So many messages, or messages of so many bytes, are enough until it is asked for more. */
  WaitingMessages(int enough, long enoughBytes) {
    this.enough = enough;
    this.enoughBytes = enoughBytes;
  }

  /** Never if there is none, however few are enough. */
  boolean areEnough() {
    return !isEmpty() && (messages.size() >= enough || bytes >= enoughBytes);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  void add(ConsumerRecord<byte[], byte[]> message) {
    messages.add(message);
    bytes += size(message);
  }

  /** When the next message was sent; there must be one. */
  long timestamp() {
    return messages.element().timestamp();
  }

  /** Gives the next message out; there must be one. */
  ConsumerRecord<byte[], byte[]> remove() {
    var message = messages.remove();
    bytes -= size(message);
    return message;
  }

  private static long size(ConsumerRecord<byte[], byte[]> message) {
    long size = length(message.key()) + length(message.value());
    for (var header : message.headers()) {
      size += length(header.value());
    }
    return size;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
