package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.full_like;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.mm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The output layer and its cross-entropy with label smoothing (Szegedy et al., 2016) in one, with
 * the gradient worked out by hand:
 *
 * <pre>
 *   p      = softmax(W r + b)
 *   q      = (1 - s) onehot(y) + s / V
 *   loss   = mean over tokens of -q . log p
 *   dloss / d(W r + b) = (p - q) / N
 * </pre>
 *
 * <p>A chunk of tokens at a time goes forward and backward, so no tensor of [N, V] ever exists:
 * logits, their logarithms, probabilities and gradients of a whole batch would be the largest
 * tensors of a step by far.
 */
final class OutputLoss {

  /** Few enough to stay near the processor, enough for efficient products. */
  private static final long CHUNK = 512;

  private final Weights weights;
  private final String matrix;
  private final double smoothing;

  /**
   * The loss of one pass.
   *
   * @param smoothing s, 0 to below 1
   */
  OutputLoss(Weights weights, double smoothing) {
    this.weights = weights;
    this.matrix = ModelWeights.output(weights.config().tying());
    this.smoothing = smoothing;
  }

  /**
   * A loss.
   *
   * @param value mean over the tokens, in nats
   * @param carrier a scalar whose gradient is that of the loss, while its own value says nothing;
   *     null where no gradients are recorded
   */
  record Result(double value, Tensor carrier) {}

  /**
   * Goes forward, and back where gradients are recorded, through the output layer.
   *
   * @param readouts r, float [N, E]
   * @param tokens y, int64 [N]
   */
  Result of(Tensor readouts, Tensor tokens) {
    boolean forwardOnly = !GradMode.is_enabled();
    Sums sums = sums(readouts, tokens, forwardOnly);
    if (forwardOnly) {
      return new Result(sums.loss, null);
    }
    Tensor carrier =
        readouts
            .mul(cat(new TensorVector(sums.readouts.toArray(Tensor[]::new)), 0))
            .sum()
            .add(weights.get(matrix).mul(sums.matrix).sum())
            .add(weights.get("output.b").mul(sums.bias).sum());
    return new Result(sums.loss, carrier);
  }

  /** Loss and gradients so far. */
  private static final class Sums {
    private double loss;
    private Tensor matrix;
    private Tensor bias;
    private final List<Tensor> readouts = new ArrayList<>();

    void add(Tensor readoutGradient, Tensor matrixGradient, Tensor biasGradient) {
      readouts.add(readoutGradient);
      matrix = matrix == null ? matrixGradient : matrix.add_(matrixGradient);
      bias = bias == null ? biasGradient : bias.add_(biasGradient);
    }
  }

  private Sums sums(Tensor readouts, Tensor tokens, boolean forwardOnly) {
    NoGradGuard guard = new NoGradGuard();
    try {
      Sums sums = new Sums();
      Precision precision = weights.precision();
      Tensor operands = precision.operand(readouts);
      long count = readouts.size(0);
      for (long start = 0; start < count; start += CHUNK) {
        long size = Math.min(CHUNK, count - start);
        Tensor chunk = operands.narrow(0, start, size);
        Tensor right = tokens.narrow(0, start, size).unsqueeze(1);
        Tensor logits = linear(chunk, weights.operand(matrix), weights.operand("output.b"));
        Tensor logs = log_softmax(Precision.widen(logits), 1);
        sums.loss += loss(logs, right) / count;
        if (!forwardOnly) {
          Tensor difference = difference(logs, right, count);
          Tensor operand = precision.operand(difference);
          sums.add(
              Precision.widen(mm(operand, weights.operand(matrix))),
              Precision.widen(mm(operand.t(), chunk)),
              difference.sum(0));
        }
      }
      return sums;
    } finally {
      guard.close();
    }
  }

  /** The sum of -q . log p over the tokens of a chunk. */
  private double loss(Tensor logs, Tensor right) {
    double loss = -(1 - smoothing) * logs.gather(1, right).sum().item_double();
    return smoothing == 0 ? loss : loss - eachToken() * logs.sum().item_double();
  }

  /** (p - q) / N, in the memory of the logarithms of p. */
  private Tensor difference(Tensor logs, Tensor right, long count) {
    Tensor difference = logs.exp_().sub_(new Scalar(eachToken()));
    Tensor share = full_like(difference.narrow(1, 0, 1), new Scalar(smoothing - 1));
    return difference.scatter_add_(1, right, share).mul_(new Scalar(1.0 / count));
  }

  /** What label smoothing gives to each token. */
  private double eachToken() {
    return smoothing / weights.config().vocabularySize();
  }
}
