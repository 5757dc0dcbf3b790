package io.streamglot.benchmarks.streaming;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.bundle.BundleManifest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends texts as messages whose id is their number, each of one of 100 conversations. Thread-safe.
 */
final class MessageSender implements AutoCloseable {

  private static final int CONVERSATIONS = 100;

  private final KafkaProducer<String, SourceText> producer;
  private final AtomicReference<Exception> problem = new AtomicReference<>();
  private final String topic;
  private final BundleManifest model;

  /**
   * A sender.
   *
   * @param model whose languages the messages ask for
   * @param lingerMillis how long the producer gathers a request; 0 where a message must not wait
   */
  MessageSender(String servers, String topic, BundleManifest model, int lingerMillis) {
    this.topic = topic;
    this.model = model;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", lingerMillis),
            new StringSerializer(),
            AvroSerdes.sourceText());
  }

  /** Hands a message to the producer; waits only where its buffer is full. */
  void send(int number, String text) {
    SourceText value =
        new SourceText(
            Integer.toString(number),
            text,
            model.sourceLanguage(),
            List.of(model.targetLanguage()),
            Instant.now(),
            Map.of(),
            List.of());
    Future<RecordMetadata> unused = // the callback hears the same
        producer.send(
            new ProducerRecord<>(topic, "conversation-" + number % CONVERSATIONS, value),
            (metadata, failure) -> {
              if (failure != null) {
                problem.compareAndSet(null, failure);
              }
            });
  }

  /** Waits until all that was sent is acknowledged. */
  void flush() throws IOException {
    producer.flush();
    requireSent();
  }

  /**
   * Checks what has been acknowledged.
   *
   * @throws IOException if the broker refused a message
   */
  void requireSent() throws IOException {
    Exception refused = problem.get();
    if (refused != null) {
      throw new IOException(topic + ": messages: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
