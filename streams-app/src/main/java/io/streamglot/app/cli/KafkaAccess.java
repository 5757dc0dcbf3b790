package io.streamglot.app.cli;

import io.streamglot.app.topics.TopicAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;

/** Asks Kafka as an admin client, and says what is wrong with it in a line. */
final class KafkaAccess {
  /** How long an unreachable Kafka is tried; one that can be reached answers in milliseconds. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  private KafkaAccess() {}

  /** What is asked of Kafka, and its answer. */
  @FunctionalInterface
  interface Question<T> {
    T ask(TopicAdmin topics) throws ExecutionException, InterruptedException;
  }

  /**
   * Settings of an admin client.
   *
   * @param kafka settings of Kafka Streams
   * @throws UserErrorException if Kafka Streams refuses them
   */
  static Map<String, Object> adminSettings(Properties kafka) {
    try {
      return new StreamsConfig(kafka).getAdminConfigs("streamglot-topics");
    } catch (IllegalArgumentException | KafkaException e) {
      throw KafkaSettings.refused(e);
    }
  }

  /**
   * Settings of a consumer that reads committed records from where it likes, and is in no group.
   *
   * @param kafka settings of Kafka Streams, checked
   */
  static Map<String, Object> readerSettings(StreamsConfig kafka, String clientId) {
    Map<String, Object> consumer = kafka.getRestoreConsumerConfigs(clientId);
    consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return consumer;
  }

  /**
   * Settings of a producer without transactions that gives up an unreachable Kafka, as those of
   * Kafka Streams do not.
   *
   * @param kafka settings of Kafka Streams, checked
   */
  static Map<String, Object> writerSettings(StreamsConfig kafka, String clientId) {
    Map<String, Object> producer = kafka.getProducerConfigs(clientId);
    producer.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * (int) LIMIT.toMillis());
    return producer;
  }

  /**
   * Asks.
   *
   * @param limit how long an unreachable Kafka is tried
   * @throws UserErrorException if Kafka does not answer, or answers with an error
   */
  static <T> T ask(Map<String, Object> adminSettings, Duration limit, Question<T> question)
      throws InterruptedException {
    Object servers = adminSettings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    try (Admin admin = Admin.create(adminSettings)) {
      return question.ask(new TopicAdmin(admin, limit));
    } catch (ExecutionException e) {
      throw refused(e.getCause(), adminSettings, limit);
    } catch (KafkaException e) {
      throw new UserErrorException(
          "bootstrap.servers: expected a Kafka that can be reached at '%s', actual: %s"
              .formatted(
                  servers,
                  Causes.first(e, ConfigException.class::isInstance)
                      .map(Throwable::getMessage)
                      .orElseGet(() -> FaultPolicy.reason(e))));
    }
  }

  private static UserErrorException refused(
      Throwable answer, Map<String, Object> adminSettings, Duration limit) {
    Object servers = adminSettings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    if (answer instanceof TimeoutException) {
      // One that speaks TLS does not answer who does not, and the other way round.
      Object protocol =
          adminSettings.getOrDefault(
              AdminClientConfig.SECURITY_PROTOCOL_CONFIG,
              AdminClientConfig.DEFAULT_SECURITY_PROTOCOL);
      return new UserErrorException(
          "bootstrap.servers: expected a Kafka that answers at '%s' (security.protocol is %s),"
                  .formatted(servers, protocol)
              + " actual none within %d s".formatted(limit.toSeconds()));
    }
    if (answer instanceof SslAuthenticationException) {
      return new UserErrorException(
          "security.protocol, ssl.truststore.*: expected that the Kafka at '%s' speaks TLS with a"
                  .formatted(servers)
              + " valid certificate that is trusted here, actual: "
              + FaultPolicy.reason(answer));
    }
    if (answer instanceof AuthenticationException) {
      return new UserErrorException(
          "sasl.mechanism, sasl.jaas.config: expected a user and password that the Kafka at '%s'"
                  .formatted(servers)
              + " knows, actual: "
              + answer.getMessage());
    }
    return new UserErrorException(
        "topics: expected that the Kafka at '%s' shows and creates them, actual: %s"
            .formatted(servers, answer.getMessage()));
  }
}
