package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterAverageTest {

  private static final ModelConfig SIZES = ModelConfig.bahdanau(10, 4, 4, 4, 4);

  @Test
  void isTheSumOfAllParametersWithFallingWeights() {
    List<ModelWeights> seen = new ArrayList<>();
    try (Parameters parameters = Parameters.initialise(SIZES, 0);
        ParameterAverage average = new ParameterAverage(parameters, 0.3)) {
      seen.add(parameters.toWeights());
      for (int step = 1; step <= 4; step++) {
        seen.add(weights(step));
        parameters.assign(seen.get(step));
        average.update(step);
      }
      average.exchange();

      // min(0.3, (1 + t) / (10 + t)): 2/11, 3/12, and 4/13 is above 0.3.
      double[] kept = {2 / 11.0, 0.25, 0.3, 0.3};
      ModelWeights averaged = parameters.toWeights();
      averaged
          .asMap()
          .forEach(
              (name, weight) -> {
                for (int i = 0; i < weight.values().length; i++) {
                  double expected = seen.get(0).get(name).values()[i];
                  for (int t = 1; t <= 4; t++) {
                    double value = seen.get(t).get(name).values()[i];
                    expected = kept[t - 1] * expected + (1 - kept[t - 1]) * value;
                  }
                  assertThat((double) weight.values()[i])
                      .as("%s[%d]", name, i)
                      .isCloseTo(expected, within(1e-6));
                }
              });
    }
  }

  @Test
  void exchangingTwiceBringsTheParametersBackBitForBit() {
    try (Parameters parameters = Parameters.initialise(SIZES, 0);
        ParameterAverage average = new ParameterAverage(parameters, 0.9)) {
      ModelWeights first = parameters.toWeights();
      ModelWeights trained = weights(1);
      parameters.assign(trained);

      average.exchange();
      assertThat(parameters.toWeights().asMap()).isEqualTo(first.asMap());
      average.exchange();
      assertThat(parameters.toWeights().asMap()).isEqualTo(trained.asMap());
    }
  }

  @Test
  void withoutAveragingTheParametersStayAsTheyAre() {
    try (Parameters parameters = Parameters.initialise(SIZES, 0);
        ParameterAverage average = new ParameterAverage(parameters, 0)) {
      ModelWeights trained = weights(1);
      parameters.assign(trained);
      average.update(1);
      average.exchange();

      assertThat(parameters.toWeights().asMap()).isEqualTo(trained.asMap());
    }
  }

  private static ModelWeights weights(long seed) {
    try (Parameters parameters = Parameters.initialise(SIZES, seed)) {
      return parameters.toWeights();
    }
  }
}
