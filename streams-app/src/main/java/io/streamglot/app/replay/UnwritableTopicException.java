package io.streamglot.app.replay;

import org.apache.kafka.common.KafkaException;

/** What a replay makes cannot be written to its topic. */
public final class UnwritableTopicException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Made with what Kafka said.
   *
   * @param problem not null
   */
  public UnwritableTopicException(KafkaException problem) {
    super(problem.getMessage(), problem);
  }
}
