package io.streamglot.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks Kafka for the topics before anything is started, so that what is missing has a name. */
final class TopicCheck {
  private TopicCheck() {}

  /**
   * Checks that Kafka answers and has the topics.
   *
   * @param adminSettings settings of an admin client
   * @param limit how long an unreachable Kafka is tried
   * @throws UserErrorException if it does not
   */
  static void requireTopics(Map<String, Object> adminSettings, List<String> topics, Duration limit)
      throws InterruptedException {
    Object servers = adminSettings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    TreeSet<String> missing = new TreeSet<>(topics);
    try (Admin admin = Admin.create(adminSettings)) {
      ListTopicsOptions options = new ListTopicsOptions().timeoutMs((int) limit.toMillis());
      missing.removeAll(admin.listTopics(options).names().get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TimeoutException
          ? new UserErrorException(
              "bootstrap.servers: expected a Kafka that answers at '%s', actual none within %d s"
                  .formatted(servers, limit.toSeconds()))
          : new UserErrorException(
              "bootstrap.servers: expected a Kafka that lists its topics at '%s', actual %s"
                  .formatted(servers, e.getCause()));
    } catch (KafkaException e) {
      throw new UserErrorException(
          "bootstrap.servers: expected a Kafka that can be reached at '%s', actual: %s"
              .formatted(servers, rootCause(e).getMessage()));
    }
    if (!missing.isEmpty()) {
      throw new UserErrorException(
          "topics: expected %s in the Kafka at '%s', missing %s; create them first"
              .formatted(new TreeSet<>(topics), servers, missing));
    }
  }

  private static Throwable rootCause(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
