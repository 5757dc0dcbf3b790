package io.streamglot.training.train;

/** Lets training go on unheard. */
class SilentListener implements TrainingListener {

  @Override
  public void started(int firstStep, int lastStep) {}

  @Override
  public void stepped(Step step) {}

  @Override
  public void validated(int step, Validation validation, boolean best) {}

  @Override
  public void ended() {}
}
