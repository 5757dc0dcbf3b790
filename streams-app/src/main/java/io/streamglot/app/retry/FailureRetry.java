package io.streamglot.app.retry;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topics.CommittedRecords;
import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.TranslationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Moves dead letters back to the source topic, each at most once, whatever happens in between.
 *
 * <p>A text and the {@link RetryLedger}'s entry for its dead letter are one transaction, so that a
 * run that was killed leaves both or none. All runs on one topic of failures have one transactional
 * id: a run that starts ends what another had begun, and only then reads the ledger, so that two at
 * a time retry nothing twice.
 *
 * <p>Dead letters of a partition go in their order, each by itself: two failed languages of a text
 * are two texts.
 */
public final class FailureRetry {
  /** How long a run that was killed holds up readers of the source topic. */
  private static final String TRANSACTION_TIMEOUT_MS = "10000";

  /** Deletions from the ledger in a transaction, which has to end in that time. */
  private static final int DELETIONS = 1_000;

  /** Most bytes that Kafka adds to a record alone in its batch, and to each of its headers. */
  private static final int BATCH_BYTES = 100;

  private static final int HEADER_BYTES = 10;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AppTopics topics;
  private final long sourceMaxBytes;
  private final RetryFilter filter;
  private final AvroSerde<TranslationFailure> failures = AvroSerdes.translationFailure();
  private final Map<DeadLetterFate, Integer> counts = new EnumMap<>(DeadLetterFate.class);

  private FailureRetry(
      KafkaConsumer<byte[], byte[]> consumer,
      AppTopics topics,
      long sourceMaxBytes,
      RetryFilter filter) {
    this.consumer = consumer;
    this.topics = topics;
    this.sourceMaxBytes = sourceMaxBytes;
    this.filter = filter;
    for (DeadLetterFate fate : DeadLetterFate.values()) {
      counts.put(fate, 0);
    }
  }

  /**
   * Retries what the filter wants of the dead letters that there are now. All topics exist, the
   * ledger too.
   *
   * @param consumerSettings how to reach Kafka, without a group
   * @param producerSettings how to reach Kafka
   * @param sourceMaxBytes largest batch of records that the source topic takes
   * @param deadLetters id of the topic of failures
   * @return how many dead letters met which fate
   * @throws org.apache.kafka.common.KafkaException if Kafka fails, or another run has begun; what
   *     was committed until then is retried, and no other
   */
  public static Map<DeadLetterFate, Integer> run(
      Map<String, Object> consumerSettings,
      Map<String, Object> producerSettings,
      AppTopics topics,
      long sourceMaxBytes,
      Uuid deadLetters,
      RetryFilter filter) {
    String ledgerTopic = RetryLedger.nameFor(topics.failures());
    try (KafkaProducer<byte[], byte[]> producer = producer(producerSettings, ledgerTopic)) {
      producer.initTransactions(); // ends and fences every other run
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(consumerSettings)) {
        FailureRetry retry = new FailureRetry(consumer, topics, sourceMaxBytes, filter);
        RetryLedger ledger =
            RetryLedger.read(consumer, ledgerTopic, deadLetters, retry.firstOffsets());
        List<ProducerRecord<byte[], byte[]>> deletions = ledger.deletions();
        for (int from = 0; from < deletions.size(); from += DELETIONS) {
          retry.send(
              producer, deletions.subList(from, Math.min(deletions.size(), from + DELETIONS)));
        }
        retry.readDeadLetters(ledger, records -> retry.send(producer, records));
        return retry.counts;
      }
    }
  }

  /**
   * What {@link #run} would do; changes nothing and disturbs no run.
   *
   * @param sourceMaxBytes as of {@link #run}
   * @param hasLedger whether the ledger's topic exists
   */
  public static Map<DeadLetterFate, Integer> preview(
      Map<String, Object> consumerSettings,
      AppTopics topics,
      long sourceMaxBytes,
      Uuid deadLetters,
      RetryFilter filter,
      boolean hasLedger) {
    String ledgerTopic = RetryLedger.nameFor(topics.failures());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(consumerSettings)) {
      FailureRetry retry = new FailureRetry(consumer, topics, sourceMaxBytes, filter);
      RetryLedger ledger =
          hasLedger
              ? RetryLedger.read(consumer, ledgerTopic, deadLetters, retry.firstOffsets())
              : RetryLedger.empty(ledgerTopic, deadLetters);
      retry.readDeadLetters(ledger, records -> {});
      return retry.counts;
    }
  }

  private Map<Integer, Long> firstOffsets() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.failures()).stream()
            .map(info -> new TopicPartition(topics.failures(), info.partition()))
            .toList();
    Map<Integer, Long> first = new HashMap<>();
    consumer
        .beginningOffsets(partitions)
        .forEach((partition, offset) -> first.put(partition.partition(), offset));
    return first;
  }

  private void readDeadLetters(
      RetryLedger ledger, Consumer<List<ProducerRecord<byte[], byte[]>>> sender) {
    int sourcePartitions = consumer.partitionsFor(topics.source()).size();
    CommittedRecords.read(
        consumer,
        topics.failures(),
        CommittedRecords.PATIENCE,
        deadLetters -> {
          List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
          for (ConsumerRecord<byte[], byte[]> deadLetter : deadLetters) {
            TranslationFailure failure = read(deadLetter);
            DeadLetterFate fate = fate(deadLetter, failure, ledger);
            ProducerRecord<byte[], byte[]> text = null;
            if (fate == DeadLetterFate.RETRIED) {
              text = RetriedText.of(failure, deadLetter.headers(), sourcePartitions);
              if (isTooLarge(text)) {
                fate = DeadLetterFate.TOO_LARGE_FOR_SOURCE;
              }
            }
            counts.merge(fate, 1, Integer::sum);
            if (fate == DeadLetterFate.RETRIED) {
              records.add(text);
              records.add(ledger.entry(deadLetter.partition(), deadLetter.offset(), Instant.now()));
            }
          }
          sender.accept(records);
        });
  }

  /** Null where it cannot be read. */
  private TranslationFailure read(ConsumerRecord<byte[], byte[]> deadLetter) {
    try {
      return failures.deserialize(deadLetter.topic(), deadLetter.value());
    } catch (SerializationException e) {
      return null;
    }
  }

  private DeadLetterFate fate(
      ConsumerRecord<byte[], byte[]> deadLetter, TranslationFailure failure, RetryLedger ledger) {
    if (failure == null) {
      return DeadLetterFate.UNREADABLE;
    }
    if (!failure.getTopic().equals(topics.source())) {
      return DeadLetterFate.OF_ANOTHER_TOPIC;
    }
    if (ledger.holds(deadLetter.partition(), deadLetter.offset())) {
      return DeadLetterFate.RETRIED_BEFORE;
    }
    if (!filter.matches(failure)) {
      return DeadLetterFate.FILTERED;
    }
    if (failure.getOriginalValue() == null) {
      return DeadLetterFate.WITHOUT_ORIGINAL;
    }
    return RetriedText.canAskFor(failure.getTargetLanguage())
        ? DeadLetterFate.RETRIED
        : DeadLetterFate.OF_NO_SINGLE_LANGUAGE;
  }

  /** Whether the topic would refuse it; one that it refuses would hold up all others. */
  private boolean isTooLarge(ProducerRecord<byte[], byte[]> text) {
    long size = BATCH_BYTES + length(text.key()) + length(text.value());
    for (Header header : text.headers()) {
      size += HEADER_BYTES + header.key().length() * 3L + length(header.value());
    }
    return size > sourceMaxBytes;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Sends all in one transaction. */
  private void send(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : records) {
      var unused = producer.send(record); // what fails is thrown by the commit
    }
    producer.commitTransaction();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> committed = new HashMap<>(settings);
    committed.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    committed.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(committed, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static KafkaProducer<byte[], byte[]> producer(
      Map<String, Object> settings, String transactionalId) {
    Map<String, Object> transactional = new HashMap<>(settings);
    transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    transactional.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    transactional.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    transactional.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
