package io.streamglot.training.export;

import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Tying;
import java.util.ArrayList;
import java.util.List;

/** Members of the family of models, small. */
final class SmallModels {

  private SmallModels() {}

  /**
   * 48 of the 576 that there are (3 cells, 4 contexts, 3 tyings, 4 x 2 encoders, 2 decoders): any
   * three choices meet in one of them (a covering array of strength 3).
   */
  static List<ModelConfig> threeChoicesMeet(int vocabularySize) {
    CellType[] cells = CellType.values();
    ContextType[] contexts = ContextType.values();
    Tying[] tyings = Tying.values();
    List<ModelConfig> members = new ArrayList<>();
    for (int cell = 0; cell < cells.length; cell++) {
      for (int context = 0; context < contexts.length; context++) {
        for (int layers = 1; layers <= ModelConfig.MAX_ENCODER_LAYERS; layers++) {
          int sum = cell + context + layers;
          Tying tying = tyings[sum % tyings.length];
          boolean bidirectional = sum % 2 == 0;
          int above = 1 + ((sum + context + 2 * layers) / 2) % 2;
          members.add(
              member(
                  vocabularySize,
                  cells[cell],
                  contexts[context],
                  tying,
                  layers,
                  bidirectional,
                  above));
        }
      }
    }
    return members;
  }

  /** Twelve: each cell with each context, and with each cell every value of all other choices. */
  static List<ModelConfig> representative(int vocabularySize) {
    int v = vocabularySize;
    return List.of(
        member(v, CellType.RNN, ContextType.FIXED, Tying.NONE, 1, true, 1),
        member(v, CellType.RNN, ContextType.ADDITIVE, Tying.TWO_WAY, 2, true, 2),
        member(v, CellType.RNN, ContextType.DOT, Tying.THREE_WAY, 3, false, 1),
        member(v, CellType.RNN, ContextType.GENERAL, Tying.NONE, 4, false, 2),
        member(v, CellType.GRU, ContextType.FIXED, Tying.TWO_WAY, 2, false, 2),
        member(v, CellType.GRU, ContextType.ADDITIVE, Tying.THREE_WAY, 3, false, 1),
        member(v, CellType.GRU, ContextType.DOT, Tying.NONE, 4, true, 2),
        member(v, CellType.GRU, ContextType.GENERAL, Tying.TWO_WAY, 1, true, 1),
        member(v, CellType.LSTM, ContextType.FIXED, Tying.THREE_WAY, 3, true, 1),
        member(v, CellType.LSTM, ContextType.ADDITIVE, Tying.NONE, 4, true, 2),
        member(v, CellType.LSTM, ContextType.DOT, Tying.TWO_WAY, 1, false, 1),
        member(v, CellType.LSTM, ContextType.GENERAL, Tying.THREE_WAY, 2, false, 2));
  }

  /** Sizes that differ wherever they may. */
  private static ModelConfig member(
      int vocabularySize,
      CellType cell,
      ContextType context,
      Tying tying,
      int encoderLayers,
      boolean bidirectional,
      int decoderLayers) {
    ModelConfig.Encoder encoder = new ModelConfig.Encoder(5, encoderLayers, bidirectional);
    int decoderSize = context == ContextType.DOT ? encoder.annotationSize() : 7;
    return new ModelConfig(
        cell,
        vocabularySize,
        6,
        tying,
        encoder,
        new ModelConfig.Decoder(decoderSize, decoderLayers),
        context,
        context == ContextType.ADDITIVE ? 4 : 1);
  }
}
