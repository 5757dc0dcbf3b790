package io.streamglot.app.recording;

import io.streamglot.app.format.ValueFormat;

/** Names of what a recording says of itself; all values are text in UTF-8. */
public final class RecordingMetadata {

  /** All names of ours begin with it. */
  static final String PREFIX = "streamglot.";

  /** Version of the format, {@value #CURRENT_VERSION}. */
  public static final String VERSION = "streamglot.recording";

  static final String CURRENT_VERSION = "1";

  /** The topic that was recorded, or that a replay read. */
  public static final String TOPIC = "streamglot.topic";

  /** How the values are written, by the name of a {@link ValueFormat}; absent for Avro. */
  public static final String FORMAT = "streamglot.format";

  /** Id of the cluster of the topic. */
  public static final String CLUSTER = "streamglot.cluster";

  /**
   * What was recorded, as it was resolved at the start: a JSON object that gives to each partition
   * its first offset and the one after its last, {@code {"0":[12,345]}}.
   */
  public static final String RANGE = "streamglot.range";

  /** Which messages of the range were wanted, as text; absent where all were. */
  public static final String FILTER = "streamglot.filter";

  /** {@code true} where texts were redacted, else absent. */
  public static final String REDACTED = "streamglot.redacted";

  /** {@code true} where a replay wrote it, else absent. */
  public static final String REPLAYED = "streamglot.replayed";

  /** SHA-256 of the recording that was replayed, in lower-case hexadecimal; absent of a topic. */
  public static final String RECORDED_FROM = "streamglot.recorded-from";

  /**
   * What translated: a JSON array of objects with {@code name}, {@code version} and {@code sha256},
   * the hash of the bundle's manifest, which holds those of all its files.
   */
  public static final String BUNDLES = "streamglot.bundles";

  /** How it was searched, as text: the beam, where another than the bundles' own, and threads. */
  public static final String SEARCH = "streamglot.search";

  private RecordingMetadata() {}
}
