package io.streamglot.app.topology;

import io.streamglot.schemas.FailureReason;
import java.time.Duration;

/**
 * Hears what the topology does, so that it can be counted and timed.
 *
 * <p>Called on the stream threads, several at once, while records wait: a method takes microseconds
 * and must not throw, for that would fail the stream. What a lost transaction undoes is heard again
 * when it is done again.
 */
public interface TopologyListener {

  /** Hears nothing. */
  TopologyListener NONE = new TopologyListener() {};

  /**
   * Records began to wait for their batch, or wait no longer.
   *
   * @param change how many; negative where they wait no longer
   */
  default void waitingChanged(int change) {}

  /**
   * A batch was translated, whatever became of its records.
   *
   * @param records how many there were, above 0
   * @param waited how long the first of them waited for the others
   * @param took how long it took to translate them
   */
  default void batchTranslated(int records, Duration waited, Duration took) {}

  /**
   * A translation was sent.
   *
   * @param pair of the models that the application has, so that there are not many; of a text that
   *     passed through, its language twice
   * @param tokens how many tokens the decoder wrote for it, at least 0; 0 for one of the cache
   */
  default void translated(LanguagePair pair, int tokens) {}

  /**
   * A translation was looked for in the cache.
   *
   * @param hit whether it was there
   */
  default void cacheLookedUp(boolean hit) {}

  /**
   * An event that replaces models was heard.
   *
   * @param followed whether its models serve from now on; else it was refused
   */
  default void rolloutHeard(boolean followed) {}

  /** A failure was sent. */
  default void failed(FailureReason reason) {}

  /**
   * All outcomes of a record were sent, and wait for the commit.
   *
   * @param timestamp of the record, in milliseconds since 1970-01-01T00:00Z; it may lie in the
   *     future
   */
  default void answered(long timestamp) {}
}
