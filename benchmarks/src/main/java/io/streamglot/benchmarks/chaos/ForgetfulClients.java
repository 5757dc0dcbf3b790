package io.streamglot.benchmarks.chaos;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's clients, but that the producer drops what belongs on a changelog and says it was sent.
 */
final class ForgetfulClients implements KafkaClientSupplier {

  private static final String CHANGELOG = "-changelog";

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Producer<byte[], byte[]> real =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> forgetful =
        (Producer<byte[], byte[]>)
            Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("send")
                      && arguments[0] instanceof ProducerRecord<?, ?> record
                      && record.topic().endsWith(CHANGELOG)) {
                    return dropped(record, arguments.length > 1 ? (Callback) arguments[1] : null);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return forgetful;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  /** Without an offset, so that nobody looks for it there. */
  private static CompletableFuture<RecordMetadata> dropped(
      ProducerRecord<?, ?> record, Callback callback) {
    RecordMetadata nowhere =
        new RecordMetadata(
            new TopicPartition(record.topic(), record.partition()), -1, -1, -1, -1, -1);
    if (callback != null) {
      callback.onCompletion(nowhere, null);
    }
    return CompletableFuture.completedFuture(nowhere);
  }
}
