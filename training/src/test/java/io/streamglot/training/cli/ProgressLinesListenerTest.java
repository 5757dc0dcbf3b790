package io.streamglot.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.train.TrainingListener.Step;
import io.streamglot.training.train.Validation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesListenerTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void eachValidationIsALineAndStepsAreNone() {
    ProgressLinesListener listener = listener(Duration.ofMinutes(1));
    listener.started(1, 1200);
    for (int step = 1; step <= 1000; step++) {
      listener.stepped(new Step(step, 0, 500, 2, 1, 0.001));
    }
    listener.validated(1000, new Validation(1, 30.125), true);
    listener.ended();

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("step 1,000 of 1,200: ")
        .contains(" tok/s, training loss 2.000, dev loss 1.000, dev perplexity 2.72, dev BLEU 30.1")
        .endsWith(", best so far")
        .doesNotContain("\r");
  }

  @Test
  void aStepAfterLongSilenceIsALine() {
    ProgressLinesListener listener = listener(Duration.ZERO);
    listener.started(501, 1200);
    listener.stepped(new Step(501, 2, 500, 3, 1, 0.001));

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).isEqualTo("going on from the checkpoint at step 500");
    assertThat(lines().get(1))
        .matches("step 501 of 1,200: [0-9,]+ tok/s, training loss 3.000, epoch 3");
  }

  private ProgressLinesListener listener(Duration silence) {
    return new ProgressLinesListener(new PrintStream(out, true, UTF_8), silence);
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }
}
