package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.benchmarks.decoding.Startup.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartupTest {

  @Test
  void aFreshProcessGoesThroughEveryStage() throws IOException {
    assertThat(Startup.measure(Path.of("../models/en-fr"), 4))
        .containsOnlyKeys(Stage.values())
        .allSatisfy((stage, millis) -> assertThat(millis).isPositive());
  }

  @Test
  void aProcessThatFailsSaysWhy() {
    assertThatThrownBy(() -> Startup.measure(Path.of("nowhere"), 4))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("nowhere: process: expected the stage BUNDLE, actual end");
  }
}
