package io.streamglot.app.cli;

import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.bundle.BundleManifest;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The two ends of the demo: sends each line to the source topic, and prints what arrives on the
 * output topics. In between is nothing but Kafka.
 *
 * <p>All lines share one record key, so that their translations arrive in the order of the lines.
 * The topics have one partition each. Lines are sent on a thread of their own, since reading them
 * cannot be interrupted; everything else is for one thread.
 */
final class DemoConversation implements AutoCloseable {
  private static final String KEY = "demo";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String PROMPT = "> ";

  private final TopologySettings topics;
  private final BundleManifest model;
  private final Output out;
  private final PrintWriter err;
  private final boolean interactive;
  private final KafkaProducer<String, SourceText> producer;
  private final KafkaConsumer<String, byte[]> consumer;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Throwable> inputProblem = new AtomicReference<>();
  private final AtomicReference<Exception> sendProblem = new AtomicReference<>();
  private volatile boolean inputEnded;
  private long answered;

  /**
   * Connects both ends.
   *
   * @param out gets the translations, one line each
   * @param err gets failures, and the prompt if {@code interactive}
   */
  DemoConversation(
      String bootstrapServers,
      TopologySettings topics,
      BundleManifest model,
      Output out,
      PrintWriter err,
      boolean interactive) {
    this.topics = topics;
    this.model = model;
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                StreamsDefaults.MAX_REQUEST_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new StringSerializer(),
            AvroSerdes.sourceText());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> outputs =
        List.of(
            new TopicPartition(topics.translationsTopic(), 0),
            new TopicPartition(topics.failuresTopic(), 0));
    consumer.assign(outputs);
    consumer.seekToBeginning(outputs);
  }

  /** Starts to send the lines. Call it once. */
  void send(LineReader lines) {
    Thread thread = new Thread(() -> sendAll(lines), "demo-input");
    thread.setDaemon(true);
    thread.start();
    prompt();
  }

  /**
   * Prints what arrives, until the input has ended and every line has its answer.
   *
   * @param stopped whether to return before that
   * @throws UserErrorException if a line could not be read, the lines before it are answered; or if
   *     an answer could not be written
   * @throws Output.ClosedPipeException if nobody reads the answers
   * @throws Exception if a line could not be sent
   */
  void printAnswers(BooleanSupplier stopped) throws Exception {
    while (!stopped.getAsBoolean()
        && sendProblem.get() == null
        && !(inputEnded && answered == sent.get())) {
      for (ConsumerRecord<String, byte[]> answer : consumer.poll(POLL)) {
        print(answer);
        answered++;
        prompt();
      }
      out.requireWritten();
      err.flush();
    }
    rethrow(sendProblem.get());
    rethrow(inputProblem.get());
  }

  /** Disconnects; lines that are still unsent are dropped. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close();
  }

  private void sendAll(LineReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sent.incrementAndGet();
        var unused =
            producer.send(
                new ProducerRecord<>(topics.sourceTopic(), KEY, record(line, lines.lineNumber())),
                (metadata, problem) -> {
                  if (problem != null) {
                    sendProblem.compareAndSet(null, problem);
                  }
                });
      }
    } catch (Throwable e) { // handed over: else lines would be lost and nobody told
      inputProblem.set(e);
    } finally {
      inputEnded = true;
    }
  }

  private static void rethrow(Throwable problem) throws Exception {
    if (problem instanceof Error error) {
      throw error;
    }
    if (problem instanceof Exception exception) {
      throw exception;
    }
  }

  private SourceText record(String line, long number) {
    return SourceText.newBuilder()
        .setMessageId(Long.toString(number))
        .setText(line)
        .setSourceLanguage(model.sourceLanguage())
        .setTargetLanguages(List.of(model.targetLanguage()))
        .setSentAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private void print(ConsumerRecord<String, byte[]> answer) {
    if (answer.topic().equals(topics.translationsTopic())) {
      Translation translation =
          AvroSerdes.translation().deserialize(answer.topic(), answer.value());
      if (translation.getTruncated()) {
        err.println(
            "line %s: longer than the model takes, only its beginning was translated"
                .formatted(translation.getMessageId()));
      }
      out.println(translation.getText());
    } else {
      TranslationFailure failure =
          AvroSerdes.translationFailure().deserialize(answer.topic(), answer.value());
      err.println(
          "line %s: %s: %s"
              .formatted(failure.getMessageId(), failure.getReason(), failure.getMessage()));
    }
  }

  private void prompt() {
    if (interactive) {
      out.flush();
      err.print(PROMPT);
      err.flush();
    }
  }
}
