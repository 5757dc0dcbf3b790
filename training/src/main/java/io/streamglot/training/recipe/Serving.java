package io.streamglot.training.recipe;

import io.streamglot.training.export.GraphPrecision;
import io.streamglot.training.export.GraphTarget;

/**
 * How the bundle serves the model, once it is trained.
 *
 * @param precision of weights and products
 * @param target where it computes
 * @param pruning of the search
 * @param frequent target tokens that every sentence may use; 0 if there is no shortlist
 * @param translations target tokens besides that each source token brings, at least 1
 */
public record Serving(
    GraphPrecision precision, GraphTarget target, float pruning, int frequent, int translations) {

  /** Whether sentences may use some target tokens only. */
  public boolean hasShortlist() {
    return frequent > 0;
  }
}
