package io.streamglot.training.train;

import java.io.IOException;
import java.util.List;

/**
 * Tells several listeners, in their order.
 *
 * @param listeners the listeners
 */
record ListenerChain(List<TrainingListener> listeners) implements TrainingListener {

  @Override
  public void started(int firstStep, int lastStep) throws IOException {
    for (TrainingListener listener : listeners) {
      listener.started(firstStep, lastStep);
    }
  }

  @Override
  public void stepped(Step step) throws IOException {
    for (TrainingListener listener : listeners) {
      listener.stepped(step);
    }
  }

  @Override
  public void validated(int step, Validation validation, boolean best) throws IOException {
    for (TrainingListener listener : listeners) {
      listener.validated(step, validation, best);
    }
  }

  @Override
  public void ended() throws IOException {
    for (TrainingListener listener : listeners) {
      listener.ended();
    }
  }
}
