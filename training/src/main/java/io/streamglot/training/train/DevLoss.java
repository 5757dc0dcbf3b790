package io.streamglot.training.train;

import io.streamglot.training.corpus.Batch;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.NativeScope;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Seq2Seq;
import java.util.List;

/**
 * The mean cross-entropy of development data under teacher forcing, without dropout and smoothing.
 */
public final class DevLoss {

  private final List<Batch> batches;

  /** Keeps the batches, of which there must be at least one. */
  public DevLoss(List<Batch> batches) {
    this.batches = List.copyOf(batches);
  }

  /** The loss in nats a target token. */
  public double of(Seq2Seq model) {
    double sum = batches.stream().mapToDouble(batch -> sumOf(model, batch)).sum();
    return sum / batches.stream().mapToLong(Batch::targetTokens).sum();
  }

  private static double sumOf(Seq2Seq model, Batch batch) {
    return batch.targetTokens()
        * NativeScope.callWithoutGradients(
            () ->
                model
                    .loss(batch.sources(), batch.targets(), 0, Dropout.NONE, Precision.FLOAT32)
                    .value());
  }
}
