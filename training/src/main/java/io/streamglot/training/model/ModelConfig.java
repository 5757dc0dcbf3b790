package io.streamglot.training.model;

/**
 * The sizes of a model. The readout has {@code embeddingSize} units, since the output matrix is the
 * embedding itself.
 *
 * @param vocabularySize V: the number of tokens, shared by both languages; at least 1
 * @param embeddingSize E: units of a token's embedding, and of the readout; at least 1
 * @param encoderSize He: units of the encoder's LSTM in each direction; at least 1
 * @param decoderSize Hd: units of the decoder's LSTM; at least 1
 * @param attentionSize A: units of the additive attention's hidden layer; at least 1
 */
public record ModelConfig(
    int vocabularySize, int embeddingSize, int encoderSize, int decoderSize, int attentionSize) {

  /** Refuses sizes below 1. */
  public ModelConfig {
    requirePositive("vocabularySize", vocabularySize);
    requirePositive("embeddingSize", embeddingSize);
    requirePositive("encoderSize", encoderSize);
    requirePositive("decoderSize", decoderSize);
    requirePositive("attentionSize", attentionSize);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": expected at least 1, actual " + value);
    }
  }
}
