package io.streamglot.translator.decode;

/**
 * How the decoder uses the machine; it never changes what it finds.
 *
 * @param intraOpThreads threads that share the work of one call, at least 1. Several callers with 1
 *     thread each get more done than one caller with several.
 */
public record DecoderSettings(int intraOpThreads) {

  /** One thread a call. */
  public static final DecoderSettings DEFAULT = new DecoderSettings(1);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is less than one thread
   */
  public DecoderSettings {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException(
          "intra-op threads: expected at least 1, actual " + intraOpThreads);
    }
  }
}
