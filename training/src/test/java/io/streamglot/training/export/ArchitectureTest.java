package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Tying;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final ModelConfig BAHDANAU = ModelConfig.bahdanau(6000, 256, 256, 384, 256);

  private static final ModelConfig DEEP =
      new ModelConfig(
          CellType.GRU,
          12_345,
          64,
          Tying.NONE,
          new ModelConfig.Encoder(32, 4, false),
          new ModelConfig.Decoder(32, 2),
          ContextType.DOT,
          1);

  private static ModelConfig rnn(ContextType context) {
    return new ModelConfig(
        CellType.RNN,
        800,
        8,
        Tying.TWO_WAY,
        new ModelConfig.Encoder(16, 2, true),
        new ModelConfig.Decoder(24, 1),
        context,
        1);
  }

  @Test
  void listsEachChoiceAndSize() {
    // (256 + 256 + 1) x 4 x 256 is one direction of the encoder, and so on; 6000 x 256 + 6000 the
    // embedding and the output's bias.
    int encoder = 2 * (256 + 256 + 1) * 4 * 256;
    int bridge = (512 + 1) * 384;
    int attention = (512 + 384 + 1 + 1) * 256;
    int decoder = (256 + 512 + 384 + 1) * 4 * 384;
    int readout = (384 + 512 + 256 + 1) * 256;
    int parameters = 6000 * 257 + encoder + bridge + attention + decoder + readout;
    assertThat(new Architecture(BAHDANAU, 1).properties())
        .containsExactly(
            entry("members", "1"),
            entry("cell", "lstm"),
            entry("embeddingSize", "256"),
            entry("tying", "three-way"),
            entry("encoderDirection", "bidirectional"),
            entry("encoderLayers", "1"),
            entry("encoderSize", "256"),
            entry("context", "additive"),
            entry("attentionSize", "256"),
            entry("decoderLayers", "1"),
            entry("decoderSize", "384"),
            entry("parameters", Integer.toString(parameters)));
  }

  @Test
  void hasNoAttentionSizeUnlessAttentionIsAdditive() {
    assertThat(new Architecture(DEEP, 1).properties())
        .containsEntry("context", "dot")
        .containsEntry("encoderDirection", "unidirectional")
        .doesNotContainKey("attentionSize");
  }

  @Test
  void countsTheParametersOfEachMember() {
    long one = Long.parseLong(new Architecture(DEEP, 1).properties().get("parameters"));

    Architecture three = new Architecture(DEEP, 3);

    assertThat(three.properties())
        .containsEntry("members", "3")
        .containsEntry("parameters", Long.toString(3 * one));
    assertThat(three.summary())
        .startsWith("3 models that decide together, each of a unidirectional GRU encoder");
  }

  @Test
  void saysItInWords() {
    assertThat(new Architecture(BAHDANAU, 1).summary())
        .isEqualTo(
            "a bidirectional LSTM encoder of 1 x 256 units, additive attention of 256, an LSTM"
                + " decoder of 1 x 384, embeddings of 256 for 6,000 tokens");
    assertThat(new Architecture(DEEP, 1).summary())
        .isEqualTo(
            "a unidirectional GRU encoder of 4 x 32 units, dot-product attention, a GRU decoder of"
                + " 2 x 32, embeddings of 64 for 12,345 tokens");
    assertThat(new Architecture(rnn(ContextType.FIXED), 1).summary())
        .isEqualTo(
            "a bidirectional RNN encoder of 2 x 16 units, a fixed context, an RNN decoder of 1 x 24,"
                + " embeddings of 8 for 800 tokens");
    assertThat(new Architecture(rnn(ContextType.GENERAL).withVocabularySize(3), 1).summary())
        .isEqualTo(
            "a bidirectional RNN encoder of 2 x 16 units, general attention, an RNN decoder of 1 x"
                + " 24, embeddings of 8 for 3 tokens");
  }
}
