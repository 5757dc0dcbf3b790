package io.streamglot.app.topology;

import io.streamglot.app.format.Formats;
import io.streamglot.translator.text.Terms;
import java.time.Duration;
import java.util.Optional;

/**
 * What the topology reads and writes, and when it translates what has gathered.
 *
 * @param sourceTopic topic of the texts, not blank
 * @param translationsTopic topic of the translations, or the {@link TopicPattern} of their topics,
 *     not blank
 * @param failuresTopic topic of what could not be translated, not blank
 * @param maxBatchRecords records that are translated at once at most, 1 to 10,000
 * @param maxBatchBytes bytes of keys, values and headers that start a translation once they have
 *     gathered, above 0
 * @param maxBatchTokens tokens, as the models cut the texts, that start a translation once they
 *     have gathered, above 0; a text counts once for each of its target languages
 * @param linger longest that a record waits for others to be translated with, 1 ms to 1 minute; the
 *     polling interval of the stream thread is added to it. A record that is late already waits a
 *     tenth of its lateness, up to 100 ms
 * @param formats how values are written
 * @param keep words and phrases that stay as they are in every text, besides those that a record
 *     names
 * @param cacheMaxBytes memory for translations that may be wanted again, at least 0
 * @param rollouts topics of models that are replaced by events; empty if none are
 */
public record TopologySettings(
    String sourceTopic,
    String translationsTopic,
    String failuresTopic,
    int maxBatchRecords,
    int maxBatchBytes,
    int maxBatchTokens,
    Duration linger,
    Formats formats,
    Terms keep,
    int cacheMaxBytes,
    Optional<RolloutTopics> rollouts) {

  /** Checks the ranges. */
  public TopologySettings {
    require(!sourceTopic.isBlank(), "source topic", "a name", sourceTopic);
    require(!translationsTopic.isBlank(), "translations topic", "a name", translationsTopic);
    require(!failuresTopic.isBlank(), "failures topic", "a name", failuresTopic);
    require(
        !translationsTopic.equals(sourceTopic) && !failuresTopic.equals(sourceTopic),
        "source topic",
        "another than the topics written to",
        sourceTopic);
    require(
        maxBatchRecords >= 1 && maxBatchRecords <= 10_000,
        "batch records",
        "1 to 10000",
        maxBatchRecords);
    require(maxBatchBytes >= 1, "batch bytes", "above 0", maxBatchBytes);
    require(maxBatchTokens >= 1, "batch tokens", "above 0", maxBatchTokens);
    require(
        linger.toMillis() >= 1 && linger.compareTo(Duration.ofMinutes(1)) <= 0,
        "linger",
        "1 ms to 1 minute",
        linger);
    require(cacheMaxBytes >= 0, "cache bytes", "at least 0", cacheMaxBytes);
  }

  /** Avro without a registry, no words to keep, and no cache. */
  public TopologySettings(
      String sourceTopic,
      String translationsTopic,
      String failuresTopic,
      int maxBatchRecords,
      int maxBatchBytes,
      int maxBatchTokens,
      Duration linger) {
    this(
        sourceTopic,
        translationsTopic,
        failuresTopic,
        maxBatchRecords,
        maxBatchBytes,
        maxBatchTokens,
        linger,
        Formats.AVRO,
        Terms.NONE,
        0,
        Optional.empty());
  }

  /**
   * Topics {@code source-text}, {@code translations} and {@code translation-failures}; batches of
   * 64 records, 256 KiB or 4,096 tokens, which suit the decoder on a CPU; a linger of 5 ms, which
   * suits chat; Avro without a registry; a cache of 16 MiB.
   */
  public static TopologySettings defaults() {
    return new TopologySettings(
        "source-text",
        "translations",
        "translation-failures",
        64,
        256 * 1024,
        4_096,
        Duration.ofMillis(5),
        Formats.AVRO,
        Terms.NONE,
        16 * 1024 * 1024,
        Optional.empty());
  }

  /** The same with values in other formats. */
  public TopologySettings withFormats(Formats others) {
    return with(others, cacheMaxBytes);
  }

  /** The same with another cache, or with none. */
  public TopologySettings withCacheMaxBytes(int bytes) {
    return with(formats, bytes);
  }

  private TopologySettings with(Formats otherFormats, int otherCacheMaxBytes) {
    return new TopologySettings(
        sourceTopic,
        translationsTopic,
        failuresTopic,
        maxBatchRecords,
        maxBatchBytes,
        maxBatchTokens,
        linger,
        otherFormats,
        keep,
        otherCacheMaxBytes,
        rollouts);
  }

  private static void require(boolean holds, String what, String expected, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
