package io.streamglot.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokerNoiseFilterTest {

  private static final String APPEND = "Error processing append operation on partition t-0";

  @Test
  void dropsTheRefusalOfRecordsThatComeAgain() {
    assertThat(decide(APPEND, new OutOfOrderSequenceException("1, expected 0")))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void dropsTheWarningOfAnOrderlyClose() {
    assertThat(decide("Attempting to close NetworkClient that has already been closed.", null))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void dropsTheErrorOfAGroupThatWasBeingLoadedWhenTheBrokerClosed() {
    var groups = "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime";
    var message = "Failed to load metadata from __consumer_offsets-0";

    assertThat(decide(groups, message, new NotLeaderOrFollowerException("stopped")))
        .isEqualTo(FilterReply.DENY);
    assertThat(decide(groups, message, new CorruptRecordException("bytes")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void keepsOtherErrorsOfTheSameLogger() {
    assertThat(decide(APPEND, new NotEnoughReplicasException("1 of 2")))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(APPEND, null)).isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void keepsWhatAProducerSaysOfItsOwnRecords() {
    assertThat(
            decide(
                "org.apache.kafka.clients.producer.internals.Sender",
                "failed",
                new OutOfOrderSequenceException("1, expected 0")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  private static FilterReply decide(String message, Throwable thrown) {
    return decide("kafka.server.ReplicaManager", message, thrown);
  }

  private static FilterReply decide(String loggerName, String message, Throwable thrown) {
    Logger logger = (Logger) LoggerFactory.getLogger(loggerName);
    return new BrokerNoiseFilter()
        .decide(new LoggingEvent("", logger, Level.ERROR, message, thrown, null));
  }
}
