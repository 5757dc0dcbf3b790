package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.gru;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.rnn_tanh;
import static org.bytedeco.pytorch.global.torch.tanh;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The recurrent encoder, in one direction or both (Schuster and Paliwal, 1997; Bahdanau et al.,
 * 2015, section 3.2), of one layer or more; from the second on with residual connections (He et
 * al., 2016; Wu et al., 2016). {@link Cell} has the equations of a unit.
 *
 * <pre>
 *   forward_j  = unit(x_j, forward_{j-1})        j = 1 .. length
 *   backward_j = unit(x_j, backward_{j+1})       j = length .. 1
 *   h_j        = [forward_j ; backward_j]        [C]; the x_j of the next layer, which says
 *                                                h'_j = x_j + [forward'_j ; backward'_j]
 *   end        = [forward part of h_length ; backward part of h_1]       of the last layer
 *   s_0        = tanh(W_bridge end + b_bridge)
 * </pre>
 *
 * <p>The backward unit reads a reversed copy whose padding stays at the end: neither direction sees
 * padding before a token, so a sentence's states do not depend on its neighbours.
 */
final class Encoder {

  private final Weights weights;
  private final double dropout;

  /**
   * An encoder for one pass.
   *
   * @param dropout probability of a zeroed unit in what each layer says
   */
  Encoder(Weights weights, double dropout) {
    this.weights = weights;
    this.dropout = dropout;
  }

  /**
   * What the decoder needs of a source batch.
   *
   * @param annotations h, float [B, S, C]; arbitrary at padding
   * @param mask float [B, S], see {@link SourceBatch#mask}
   * @param end float [B, C]: what the encoder knows at the ends of the sentence
   * @param initial s_0 of the decoder's layers side by side, float [B, L Hd]
   */
  record Encoded(Tensor annotations, Tensor mask, Tensor end, Tensor initial) {}

  /**
   * Encodes a batch.
   *
   * @param embedded x, float [S x B, E]
   */
  Encoded encode(SourceBatch batch, Tensor embedded) {
    Tensor inputs = embedded;
    Tensor said = embedded;
    for (int layer = 1; layer <= weights.config().encoder().layers(); layer++) {
      said = layer == 1 ? read(batch, layer, inputs) : read(batch, layer, inputs).add(inputs);
      inputs = Seq2Seq.thin(said, dropout);
    }
    Tensor end = end(batch, said);
    Tensor initial = tanh(Precision.widen(weights.affine(end, "bridge.w", "bridge.b")));
    return new Encoded(
        inputs.view(batch.steps(), batch.size(), -1).transpose(0, 1).contiguous(),
        batch.mask(),
        end,
        initial);
  }

  /** What a layer says in the order of the sentence: float [S x B, E or C] to [S x B, C]. */
  private Tensor read(SourceBatch batch, int layer, Tensor inputs) {
    List<String> directions = ModelWeights.encoderLayer(weights.config(), layer);
    Tensor forward = run(directions.get(0), batch, inputs);
    if (directions.size() == 1) {
      return forward;
    }
    Tensor mirrored = run(directions.get(1), batch, inputs.index_select(0, batch.reversal()));
    return cat(new TensorVector(forward, mirrored.index_select(0, batch.reversal())), 1);
  }

  /** Where each direction ends: float [S x B, C] to [B, C]. */
  private Tensor end(SourceBatch batch, Tensor said) {
    if (!weights.config().encoder().bidirectional()) {
      return said.index_select(0, batch.last());
    }
    long units = weights.config().encoder().size();
    Tensor forward = said.narrow(1, 0, units).index_select(0, batch.last());
    Tensor backward = said.narrow(0, 0, batch.size()).narrow(1, units, units);
    return cat(new TensorVector(forward, backward), 1);
  }

  /** One direction of one layer: float [S x B, in] to [S x B, He]. */
  private Tensor run(String name, SourceBatch batch, Tensor inputs) {
    CellType cell = weights.config().cell();
    long units = weights.config().encoder().size();
    Tensor input = weights.precision().operand(inputs).view(batch.steps(), batch.size(), -1);
    Tensor zero = input.new_zeros(1, batch.size(), units);
    TensorVector matrices =
        new TensorVector(
            weights.operand(name + ".w_x"),
            weights.operand(name + ".w_h"),
            weights.operand(name + ".b"),
            recurrentBias(cell, name, units, input));
    Tensor states =
        switch (cell) {
          case RNN -> rnn_tanh(input, zero, matrices, true, 1, 0.0, true, false, false).get0();
          case GRU -> gru(input, zero, matrices, true, 1, 0.0, true, false, false).get0();
          case LSTM ->
              lstm(input, new TensorVector(zero, zero), matrices, true, 1, 0.0, true, false, false)
                  .get0();
        };
    return states.reshape((long) batch.steps() * batch.size(), units);
  }

  /** libtorch has a bias for each matrix; one is enough, but for the GRU's candidate. */
  private Tensor recurrentBias(CellType cell, String name, long units, Tensor like) {
    return cell == CellType.GRU
        ? cat(new TensorVector(like.new_zeros(2 * units), weights.operand(name + ".b_h")), 0)
        : like.new_zeros(cell.gates() * units);
  }
}
