package io.streamglot.training.model;

/**
 * The sizes of a model. The readout has {@code embeddingSize} units, since the output matrix is the
 * embedding itself.
 *
 * @param vocabularySize V: the number of tokens, shared by both languages; 1 to {@value
 *     #MAX_VOCABULARY_SIZE}
 * @param embeddingSize E: units of a token's embedding, and of the readout; 1 to {@value #MAX_SIZE}
 * @param encoderSize He: units of the encoder's LSTM in each direction; 1 to {@value #MAX_SIZE}
 * @param decoderSize Hd: units of the decoder's LSTM; 1 to {@value #MAX_SIZE}
 * @param attentionSize A: units of the additive attention's hidden layer; 1 to {@value #MAX_SIZE}
 */
public record ModelConfig(
    int vocabularySize, int embeddingSize, int encoderSize, int decoderSize, int attentionSize) {

  /** Largest layer: one of its matrices still fits a Java array. */
  public static final int MAX_SIZE = 8192;

  /** Largest vocabulary. */
  public static final int MAX_VOCABULARY_SIZE = 200_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the size, what was expected and what it was
   */
  public ModelConfig {
    requireSize("vocabularySize", vocabularySize, MAX_VOCABULARY_SIZE);
    requireSize("embeddingSize", embeddingSize, MAX_SIZE);
    requireSize("encoderSize", encoderSize, MAX_SIZE);
    requireSize("decoderSize", decoderSize, MAX_SIZE);
    requireSize("attentionSize", attentionSize, MAX_SIZE);
  }

  /** The same layers over another vocabulary. */
  public ModelConfig withVocabularySize(int size) {
    return new ModelConfig(size, embeddingSize, encoderSize, decoderSize, attentionSize);
  }

  private static void requireSize(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, actual %d".formatted(what, max, value));
    }
  }
}
