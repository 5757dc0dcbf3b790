package io.streamglot.training.train;

import java.io.IOException;
import java.util.List;

/**
 * Hears how training goes. Called on the training thread, which waits; an exception ends training.
 */
public interface TrainingListener {

  /**
   * One step of the optimiser.
   *
   * @param step from 1
   * @param epoch from 0
   * @param tokens target tokens of the batch
   * @param loss mean loss of the batch in nats a token
   * @param gradientNorm norm of all gradients before clipping
   * @param learningRate rate of the step
   */
  record Step(
      int step, int epoch, int tokens, double loss, double gradientNorm, double learningRate) {}

  /** A listener that tells all of these, in their order. */
  static TrainingListener all(TrainingListener... listeners) {
    return new ListenerChain(List.of(listeners));
  }

  /**
   * Training starts, or goes on.
   *
   * @param firstStep the step that comes first, 1 unless resumed
   * @param lastStep the last step, if training is not stopped early
   */
  void started(int firstStep, int lastStep) throws IOException;

  /** A step was made. */
  void stepped(Step step) throws IOException;

  /**
   * The model was validated.
   *
   * @param step steps made so far
   * @param best whether it is the best so far
   */
  void validated(int step, Validation validation, boolean best) throws IOException;

  /** No more steps come. Not called if training ends with an exception. */
  void ended() throws IOException;
}
