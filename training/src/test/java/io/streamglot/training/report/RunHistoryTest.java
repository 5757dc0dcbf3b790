package io.streamglot.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunHistoryTest {

  private static final StepMeans STEPS_10 = new StepMeans(10, 8.5, 1.25, 1e-4, 900, 0.5);
  private static final StepMeans STEPS_20 = new StepMeans(20, 7.5, 1, 2e-4, 950, 0.25);
  private static final ValidationResult VALIDATION_20 =
      new ValidationResult(20, 7.75, 0.5, Map.of("Who said \"no\"?\n", "谁说“不”？"));
  private static final StepMeans STEPS_30 = new StepMeans(30, 6.5, 1, 3e-4, 920, 0.5);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("history.jsonl");
    RunHistory history = RunHistory.open(file, 1);
    history.add(STEPS_10);
    history.add(STEPS_20);
    history.add(VALIDATION_20);
    history.add(STEPS_30);
  }

  @Test
  void aRunThatGoesOnKnowsWhatWasBefore() throws IOException {
    RunHistory history = RunHistory.open(file, 31);

    assertThat(history.steps()).containsExactly(STEPS_10, STEPS_20, STEPS_30);
    assertThat(history.validations()).containsExactly(VALIDATION_20);
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 30})
  void stepsAfterTheCheckpointAreForgotten(int firstStep) throws IOException {
    RunHistory.open(file, firstStep);

    assertThat(RunHistory.open(file, 31).steps()).containsExactly(STEPS_10, STEPS_20);
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void aRunThatStartsAnewStartsAnEmptyHistory() throws IOException {
    RunHistory.open(file, 1);

    assertThat(file).isEmptyFile();
  }

  @Test
  void aLineThatAKillCutShortIsRemoved() throws IOException {
    Files.writeString(file, "{\"kind\":\"steps\",\"step\":4", StandardOpenOption.APPEND);
    RunHistory history = RunHistory.open(file, 41);
    StepMeans next = new StepMeans(50, 5, 1, 3e-4, 920, 0.5);
    history.add(next);

    assertThat(RunHistory.open(file, 51).steps())
        .containsExactly(STEPS_10, STEPS_20, STEPS_30, next);
  }

  @Test
  void whatIsNoHistoryIsRefusedWithItsLine() throws IOException {
    Files.writeString(file, "{\"kind\":\"epoch\",\"step\":4}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> RunHistory.open(file, 41))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("history.jsonl:5: expected an entry of a run's history")
        .hasMessageContaining("epoch");
  }
}
