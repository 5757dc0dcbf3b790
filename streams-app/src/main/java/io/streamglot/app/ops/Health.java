package io.streamglot.app.ops;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/** Whether the application works, as Kafka Streams has it. Thread-safe. */
final class Health {
  private volatile KafkaStreams streams;

  /** What to ask from now on. Before, the application is live and not ready. */
  void watch(KafkaStreams started) {
    streams = started;
  }

  /**
   * Whether the process is worth keeping: false once the stream cannot go on, which ends the
   * application. A thread that failed and is started again changes nothing, nor does a stream that
   * was told to stop.
   */
  boolean isLive() {
    KafkaStreams asked = streams;
    if (asked == null) {
      return true;
    }
    State state = asked.state();
    return state != State.ERROR
        && state != State.PENDING_ERROR
        && !(state.isRunningOrRebalancing() && asked.metadataForLocalThreads().isEmpty());
  }

  /**
   * Whether the instance has taken up the partitions that are its share, before which it loads all
   * models that need not wait for their first text. There may be no partitions: where instances
   * outnumber partitions, some are spares, and a rollout must not wait for them.
   */
  boolean isReady() {
    KafkaStreams asked = streams;
    return asked != null && asked.state() == State.RUNNING;
  }
}
