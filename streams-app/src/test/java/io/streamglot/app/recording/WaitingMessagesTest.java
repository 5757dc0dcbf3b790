package io.streamglot.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** How many messages of a partition are held. */
class WaitingMessagesTest {

  @Test
  void soManyMessagesAreEnoughHoweverSmall() {
    var waiting = new WaitingMessages(2, 1_000);

    waiting.add(message(0));
    assertThat(waiting.areEnough()).isFalse();
    waiting.add(message(0));
    assertThat(waiting.areEnough()).isTrue();
  }

  @Test
  void soManyBytesAreEnoughHoweverFewMessages() {
    var waiting = new WaitingMessages(100, 1_000);

    waiting.add(message(600));
    assertThat(waiting.areEnough()).isFalse();
    waiting.add(message(600));
    assertThat(waiting.areEnough()).isTrue();
    waiting.remove();
    assertThat(waiting.areEnough()).as("one was given out").isFalse();
  }

  @Test
  void noMessageIsNeverEnough() {
    assertThat(new WaitingMessages(0, 0).areEnough()).isFalse();
  }

  private static ConsumerRecord<byte[], byte[]> message(int bytes) {
    return new ConsumerRecord<>("chat", 0, 0, null, new byte[bytes]);
  }
}
