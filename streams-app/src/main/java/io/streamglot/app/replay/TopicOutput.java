package io.streamglot.app.replay;

import io.streamglot.schemas.RecordedMessage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Writes what a replay makes to one topic. What is of one source partition goes to one partition,
 * so that each key keeps its order.
 *
 * <p>Not thread-safe.
 */
public final class TopicOutput implements Consumer<RecordedMessage>, AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final AtomicReference<Exception> problem = new AtomicReference<>();

  /**
   * Writes to a topic.
   *
   * @param settings of a producer
   * @param topic that exists
   * @throws UnwritableTopicException if Kafka does not say what partitions it has
   */
  public TopicOutput(Map<String, Object> settings, String topic) {
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    try {
      this.partitions = producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      producer.close();
      throw new UnwritableTopicException(e);
    }
  }

  /**
   * Sends a message, and does not wait for it.
   *
   * @throws UnwritableTopicException if it, or one before it, cannot be sent
   */
  @Override
  public void accept(RecordedMessage message) {
    requireSent();
    var record =
        new ProducerRecord<>(
            topic,
            message.getPartition() % partitions,
            message.getTimestamp(),
            Utils.toNullableArray(message.getKey()),
            Utils.toNullableArray(message.getValue()));
    message
        .getHeaders()
        .forEach(
            header ->
                record.headers().add(header.getKey(), Utils.toNullableArray(header.getValue())));
    try {
      var unused =
          producer.send(
              record,
              (sent, failure) -> {
                if (failure != null) {
                  problem.compareAndSet(null, failure);
                }
              });
    } catch (KafkaException e) {
      throw new UnwritableTopicException(e);
    }
  }

  /**
   * Waits until all is sent.
   *
   * @throws UnwritableTopicException if something cannot be
   */
  public void flush() {
    producer.flush();
    requireSent();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void requireSent() {
    if (problem.get() != null) {
      throw new UnwritableTopicException(new KafkaException(problem.get()));
    }
  }
}
