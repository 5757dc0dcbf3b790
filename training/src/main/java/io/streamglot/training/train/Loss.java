package io.streamglot.training.train;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.streamglot.training.model.Seq2Seq;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * Cross-entropy with label smoothing (Szegedy et al., 2016): the target distribution gives {@code 1
 * - s} to the right token and {@code s / V} to each token.
 *
 * @param labelSmoothing s, 0 to below 1
 */
record Loss(double labelSmoothing) {

  private static final long MEAN = 1;
  private static final long IGNORE_NOTHING = -100;

  /** The mean over the target tokens of a batch, in nats; a scalar with its gradient. */
  Tensor of(Seq2Seq.Prediction prediction) {
    return cross_entropy_loss(
        prediction.logits(),
        prediction.tokens(),
        new TensorOptional(),
        MEAN,
        IGNORE_NOTHING,
        labelSmoothing);
  }
}
