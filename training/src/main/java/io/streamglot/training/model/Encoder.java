package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.tanh;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The bidirectional LSTM encoder (Schuster and Paliwal, 1997; Bahdanau et al., 2015, section 3.2).
 *
 * <pre>
 *   forward_j  = LSTM(x_j, forward_{j-1})        j = 1 .. length
 *   backward_j = LSTM(x_j, backward_{j+1})       j = length .. 1
 *   h_j        = [forward_j ; backward_j]        [2He]
 *   s_0        = tanh(W_bridge [forward_length ; backward_1] + b_bridge)
 * </pre>
 *
 * <p>The backward LSTM reads a reversed copy whose padding stays at the end: neither direction sees
 * padding before a token, so a sentence's states do not depend on its neighbours.
 */
final class Encoder {

  private final Parameters parameters;

  Encoder(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * What the decoder needs of a source batch.
   *
   * @param states h, float [B, S, 2He]; arbitrary at padding
   * @param mask float [B, S], see {@link SourceBatch#mask}
   * @param initial s_0, float [B, Hd]
   */
  record Encoded(Tensor states, Tensor mask, Tensor initial) {}

  /**
   * Encodes a batch.
   *
   * @param forward embeddings of {@link SourceBatch#forward}, float [S x B, E]
   * @param backward embeddings of {@link SourceBatch#backward}, float [S x B, E]
   */
  Encoded encode(SourceBatch batch, Tensor forward, Tensor backward) {
    Tensor forwardStates = run("encoder.forward", batch, forward);
    Tensor mirrored = run("encoder.backward", batch, backward);
    Tensor states =
        cat(new TensorVector(forwardStates, mirrored.index_select(0, batch.reversal())), 1);
    // In the mirrored order the backward LSTM ends at the row of the last token, too.
    Tensor ends =
        cat(
            new TensorVector(
                forwardStates.index_select(0, batch.last()),
                mirrored.index_select(0, batch.last())),
            1);
    Tensor initial = tanh(linear(ends, parameters.get("bridge.w"), parameters.get("bridge.b")));
    return new Encoded(
        states.view(batch.steps(), batch.size(), -1).transpose(0, 1).contiguous(),
        batch.mask(),
        initial);
  }

  /** One direction: float [S x B, E] to [S x B, He]. */
  private Tensor run(String name, SourceBatch batch, Tensor inputs) {
    long units = parameters.config().encoderSize();
    Tensor zero = zeros(1, batch.size(), units);
    // libtorch's LSTM has a bias for each matrix; one is enough.
    TensorVector weights =
        new TensorVector(
            parameters.get(name + ".w_x"),
            parameters.get(name + ".w_h"),
            parameters.get(name + ".b"),
            zeros(4 * units));
    Tensor states =
        lstm(
                inputs.view(batch.steps(), batch.size(), -1),
                new TensorVector(zero, zero),
                weights,
                true,
                1,
                0.0,
                true,
                false,
                false)
            .get0();
    return states.reshape((long) batch.steps() * batch.size(), units);
  }
}
