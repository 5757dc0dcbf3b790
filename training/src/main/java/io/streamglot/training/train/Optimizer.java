package io.streamglot.training.train;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;

import io.streamglot.training.model.Parameters;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.TensorVector;

/**
 * Changes the parameters by their gradients: Adam (Kingma and Ba, 2015) with decoupled weight decay
 * (Loshchilov and Hutter, 2019) of all of them, after the gradients were clipped (Pascanu et al.,
 * 2013).
 *
 * <p>Owns its native memory, but not the parameters. Not thread-safe.
 */
final class Optimizer implements AutoCloseable {

  private final TensorVector parameters;
  private final AdamWOptions options;
  private final AdamW adam;
  private final double clipNorm;

  /** An optimiser that has made no step. */
  Optimizer(Parameters parameters, TrainingConfig config) {
    this.parameters = parameters.all();
    this.options = new AdamWOptions(config.learningRate());
    options.weight_decay().put(config.weightDecay());
    this.adam = new AdamW(this.parameters, options);
    this.clipNorm = config.clipNorm();
  }

  /** Forgets the gradients of the last step. */
  void clearGradients() {
    adam.zero_grad();
  }

  /**
   * Scales the gradients down to the greatest norm allowed.
   *
   * @return the norm of all gradients together before
   */
  double clipGradients() {
    return clip_grad_norm_(parameters, clipNorm);
  }

  /** Changes the parameters by their gradients at this learning rate. */
  void step(double rate) {
    adam.param_groups().get(0).options().set_lr(rate);
    adam.step();
  }

  /** Writes the moments of all parameters. */
  void save(OutputArchive archive) {
    adam.save(archive);
  }

  /** Takes the moments from an archive of {@link #save}. */
  void load(InputArchive archive) {
    adam.load(archive);
  }

  @Override
  public void close() {
    adam.close();
    options.close();
    parameters.close();
  }
}
