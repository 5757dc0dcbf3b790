package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.NativeScope;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Precision;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private static final ModelConfig SIZES = ModelConfig.bahdanau(10, 4, 4, 4, 4);
  private static final double RATE = 0.1;

  @Test
  void weightDecayTakesItsShareApartFromTheGradient() {
    ModelWeights before;
    try (Parameters parameters = Parameters.initialise(SIZES, 1)) {
      before = parameters.toWeights();
    }
    ModelWeights without = afterOneStep(0);
    ModelWeights with = afterOneStep(0.5);

    before
        .asMap()
        .forEach(
            (name, weight) -> {
              for (int i = 0; i < weight.values().length; i++) {
                assertThat(with.get(name).values()[i])
                    .as("%s[%d]", name, i)
                    .isCloseTo(
                        (float) (without.get(name).values()[i] - RATE * 0.5 * weight.values()[i]),
                        within(1e-6f));
              }
            });
  }

  @Test
  void clippingScalesTheGradientsToTheGreatestNorm() {
    try (Parameters parameters = Parameters.initialise(SIZES, 1);
        Optimizer optimizer = new Optimizer(parameters, config(0))) {
      backward(parameters);

      // The gradient of half the sum of squares is the parameters themselves.
      double norm =
          Math.sqrt(
              parameters.toWeights().asMap().values().stream()
                  .mapToDouble(
                      weight -> {
                        double sum = 0;
                        for (float value : weight.values()) {
                          sum += (double) value * value;
                        }
                        return sum;
                      })
                  .sum());
      assertThat(optimizer.clipGradients()).isCloseTo(norm, within(1e-4));
      assertThat(optimizer.clipGradients()).isCloseTo(1, within(1e-4));
    }
  }

  private static ModelWeights afterOneStep(double weightDecay) {
    try (Parameters parameters = Parameters.initialise(SIZES, 1);
        Optimizer optimizer = new Optimizer(parameters, config(weightDecay))) {
      optimizer.clearGradients();
      backward(parameters);
      optimizer.step(RATE);
      return parameters.toWeights();
    }
  }

  private static void backward(Parameters parameters) {
    NativeScope.call(
        () -> {
          TensorVector all = parameters.all();
          for (long i = 0; i < all.size(); i++) {
            Tensor parameter = all.get(i);
            parameter.mul(parameter).sum().div(new Scalar(2.0)).backward();
          }
          return null;
        });
  }

  private static TrainingConfig config(double weightDecay) {
    return new TrainingConfig(
        1,
        1,
        100,
        RATE,
        0,
        Decay.LINEAR,
        1,
        Dropout.NONE,
        0,
        0,
        1,
        weightDecay,
        0,
        1,
        1,
        1,
        Precision.FLOAT32,
        Device.CPU);
  }
}
