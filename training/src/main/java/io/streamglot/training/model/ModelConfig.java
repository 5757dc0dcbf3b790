package io.streamglot.training.model;

import java.util.Objects;

/**
 * A member of the family of recurrent encoder-decoders: its layers and their sizes. The readout has
 * {@code embeddingSize} units, so that the output matrix can be an embedding.
 *
 * @param cell the recurrent unit of all layers
 * @param vocabularySize V: the number of tokens, shared by both languages; 1 to {@value
 *     #MAX_VOCABULARY_SIZE}
 * @param embeddingSize E: units of a token's embedding, and of the readout; 1 to {@value #MAX_SIZE}
 * @param tying which matrices over the vocabulary are one
 * @param encoder the encoder's layers
 * @param decoder the decoder's layers
 * @param context how the decoder sees the source
 * @param attentionSize A: units of the additive attention's hidden layer; 1 to {@value #MAX_SIZE};
 *     without meaning for other contexts
 */
public record ModelConfig(
    CellType cell,
    int vocabularySize,
    int embeddingSize,
    Tying tying,
    Encoder encoder,
    Decoder decoder,
    ContextType context,
    int attentionSize) {

  /** Largest layer: one of its matrices still fits a Java array. */
  public static final int MAX_SIZE = 8192;

  /** Largest vocabulary. */
  public static final int MAX_VOCABULARY_SIZE = 200_000;

  /** Most layers of an encoder. */
  public static final int MAX_ENCODER_LAYERS = 4;

  /** Most layers of a decoder. */
  public static final int MAX_DECODER_LAYERS = 2;

  /**
   * The layers of an encoder. From the second on each adds what it read to what it says (He et al.,
   * 2016).
   *
   * @param size He: units of each layer in each direction; 1 to {@value ModelConfig#MAX_SIZE}
   * @param layers 1 to {@value ModelConfig#MAX_ENCODER_LAYERS}
   * @param bidirectional whether each layer reads in both directions
   */
  public record Encoder(int size, int layers, boolean bidirectional) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the size, what was expected and what it was
     */
    public Encoder {
      requireRange("encoder size", size, MAX_SIZE);
      requireRange("encoder layers", layers, MAX_ENCODER_LAYERS);
    }

    /** C: units of an annotation, what the encoder says of a token: He, or 2He of both ways. */
    public int annotationSize() {
      return bidirectional ? 2 * size : size;
    }
  }

  /**
   * The layers of a decoder. The second adds what it read to what it says.
   *
   * @param size Hd: units of each layer; 1 to {@value ModelConfig#MAX_SIZE}
   * @param layers 1 to {@value ModelConfig#MAX_DECODER_LAYERS}
   */
  public record Decoder(int size, int layers) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the size, what was expected and what it was
     */
    public Decoder {
      requireRange("decoder size", size, MAX_SIZE);
      requireRange("decoder layers", layers, MAX_DECODER_LAYERS);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the size, what was expected and what it was
   */
  public ModelConfig {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(tying, "tying");
    Objects.requireNonNull(context, "context");
    requireRange("vocabulary size", vocabularySize, MAX_VOCABULARY_SIZE);
    requireRange("embedding size", embeddingSize, MAX_SIZE);
    requireRange("attention size", attentionSize, MAX_SIZE);
    if (context == ContextType.DOT && decoder.size() != encoder.annotationSize()) {
      throw new IllegalArgumentException(
          "decoder size: expected %d, as wide as an annotation, for dot attention, actual %d"
              .formatted(encoder.annotationSize(), decoder.size()));
    }
  }

  /**
   * The model of Bahdanau et al. (2015), with the LSTM as its unit and one embedding for all: a
   * bidirectional encoder, additive attention, one layer each.
   *
   * @throws IllegalArgumentException if a size is out of its range
   */
  public static ModelConfig bahdanau(
      int vocabularySize, int embeddingSize, int encoderSize, int decoderSize, int attentionSize) {
    return new ModelConfig(
        CellType.LSTM,
        vocabularySize,
        embeddingSize,
        Tying.THREE_WAY,
        new Encoder(encoderSize, 1, true),
        new Decoder(decoderSize, 1),
        ContextType.ADDITIVE,
        attentionSize);
  }

  /** The same layers over another vocabulary. */
  public ModelConfig withVocabularySize(int size) {
    return new ModelConfig(
        cell, size, embeddingSize, tying, encoder, decoder, context, attentionSize);
  }

  private static void requireRange(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, actual %d".formatted(what, max, value));
    }
  }
}
