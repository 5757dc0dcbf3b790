package io.streamglot.training.train;

import io.streamglot.training.model.NativeScope;
import io.streamglot.training.model.Parameters;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The exponential moving average of the parameters over the steps (Polyak and Juditsky, 1992), in
 * 32 bits.
 *
 * <pre>
 *   d_t       = min(d, (1 + t) / (10 + t))           so that the first parameters are soon forgotten
 *   average_t = d_t average_{t-1} + (1 - d_t) parameters_t
 * </pre>
 *
 * <p>With d = 0 it keeps nothing and does nothing. Owns its native memory, but not the parameters.
 * Not thread-safe.
 */
final class ParameterAverage implements AutoCloseable {

  private final double decay;
  private final TensorVector parameters;
  private final TensorVector average = new TensorVector();

  /**
   * An average that starts from the parameters as they are.
   *
   * @param decay d, 0 to below 1
   */
  ParameterAverage(Parameters parameters, double decay) {
    this.decay = decay;
    this.parameters = parameters.all();
    if (decay > 0) {
      NativeScope.callWithoutGradients(
          () -> {
            for (long i = 0; i < this.parameters.size(); i++) {
              average.push_back(this.parameters.get(i).detach().clone());
            }
            return null;
          });
    }
  }

  /**
   * Takes the parameters into the average.
   *
   * @param step t: steps made, from 1
   */
  void update(int step) {
    double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
    forEach((averaged, trained) -> averaged.lerp_(trained, new Scalar(1 - kept)));
  }

  /** Swaps the values of parameters and average; a second call swaps them back, bit for bit. */
  void exchange() {
    forEach(
        (averaged, trained) -> {
          Tensor values = trained.clone();
          trained.copy_(averaged);
          averaged.copy_(values);
        });
  }

  /** Writes the average. */
  void save(OutputArchive archive) {
    NativeScope.call(
        () -> {
          for (long i = 0; i < average.size(); i++) {
            archive.write(Long.toString(i), average.get(i));
          }
          return null;
        });
  }

  /** Takes the average from an archive of {@link #save}. */
  void load(InputArchive archive) {
    NativeScope.callWithoutGradients(
        () -> {
          for (long i = 0; i < average.size(); i++) {
            Tensor saved = new Tensor();
            archive.read(Long.toString(i), saved);
            average.get(i).copy_(saved);
          }
          return null;
        });
  }

  private void forEach(BiConsumer<Tensor, Tensor> change) {
    NativeScope.callWithoutGradients(
        () -> {
          for (long i = 0; i < average.size(); i++) {
            change.accept(average.get(i), parameters.get(i));
          }
          return null;
        });
  }

  @Override
  public void close() {
    average.close();
    parameters.close();
  }
}
