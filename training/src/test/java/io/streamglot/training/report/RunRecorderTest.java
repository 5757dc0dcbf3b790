package io.streamglot.training.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.report.TensorBoardReader.Event;
import io.streamglot.training.train.TrainingListener.Step;
import io.streamglot.training.train.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

  private static final Instant START = Instant.parse("2024-05-01T10:00:00.250Z");

  @TempDir private Path folder;
  private long nanos;

  @Test
  void tenStepsBecomeOnePointWithTheirMeans() throws IOException {
    RunRecorder recorder = recorder();
    recorder.started(1, 20);
    // Losses 1 to 10; a batch weighs as many tokens as it has: 100, 200, ..., 1000.
    for (int step = 1; step <= 10; step++) {
      nanos += 500_000_000;
      recorder.stepped(new Step(step, 0, 100 * step, step, step % 2, step / 1000.0));
    }

    // Mean weighted by tokens: sum of squares over sum, 385 / 55.
    Event point = only(events(recorder)).get(0);
    assertThat(point.step()).isEqualTo(10);
    assertThat(point.wallTime()).isEqualTo(START.toEpochMilli() / 1000.0);
    assertThat(point.scalars())
        .containsExactly(
            entry("train/loss", 7f),
            entry("train/perplexity", (float) Math.exp(7)),
            entry("train/learning_rate", 0.01f),
            entry("train/gradient_norm", 0.5f),
            entry("train/tokens_per_second", 1100f));
    assertThat(recorder.history().steps())
        .containsExactly(new StepMeans(10, 7, 0.5, 0.01, 5500, 5));
  }

  @Test
  void aValidationEndsThePointBeforeItAndItsTimeIsNoStepsTime() throws IOException {
    RunRecorder recorder = recorder();
    recorder.started(1, 20);
    steps(recorder, 1, 13);
    nanos += 3_600_000_000_000L;
    recorder.validated(13, new Validation(1.5, 30.25), true);
    steps(recorder, 14, 20);
    recorder.ended();

    List<Event> points = only(events(recorder));
    assertThat(points).extracting(Event::step).containsExactly(10L, 13L, 13L, 20L);
    assertThat(points.get(2).scalars())
        .containsExactly(
            entry("dev/loss", 1.5f),
            entry("dev/perplexity", (float) Math.exp(1.5)),
            entry("dev/bleu", 30.25f));
    assertThat(recorder.history().steps())
        .allSatisfy(means -> assertThat(means.tokensPerSecond()).isCloseTo(100, within(1e-9)));
    assertThat(recorder.history().validations())
        .containsExactly(new ValidationResult(13, 1.5, 30.25, Map.of("Two dogs.", "Deux chiens.")));
  }

  @Test
  void aResumedRunTellsTensorBoardWhichStepsAreMadeAgain() throws IOException {
    RunRecorder killed = recorder();
    killed.started(1, 60);
    steps(killed, 1, 25);
    killed.validated(25, new Validation(2, 10), true);
    steps(killed, 26, 48);

    RunRecorder resumed = recorder();
    resumed.started(26, 60);
    steps(resumed, 26, 60);

    List<Path> files = files();
    assertThat(files).hasSize(2);
    for (Path file : files) {
      assertThat(TensorBoardReader.read(file).get(0).version()).isEqualTo("brain.Event:2");
    }
    Event start = TensorBoardReader.read(files.get(1)).get(1);
    assertThat(start.sessionStatus()).as("SessionLog.START").isEqualTo(1);
    assertThat(start.step()).isEqualTo(26);
    assertThat(only(TensorBoardReader.read(files.get(1))))
        .extracting(Event::step)
        .containsExactly(30L, 40L, 50L, 60L);
    assertThat(resumed.history().steps())
        .extracting(StepMeans::step)
        .containsExactly(10, 20, 25, 30, 40, 50, 60);
  }

  @Test
  void aRunThatIsOverLeavesNoFileForTensorBoard() throws IOException {
    RunRecorder recorder = recorder();
    recorder.started(61, 60);
    recorder.ended();

    assertThat(folder.resolve("tensorboard")).doesNotExist();
  }

  @Test
  void theReaderOfTheseTestsComputesTheCheckValueOfCrc32c() {
    assertThat(TensorBoardReader.crc32c("123456789".getBytes(US_ASCII))).isEqualTo(0xe3069283);
  }

  private RunRecorder recorder() {
    return new RunRecorder(
        folder,
        () -> Map.of("Two dogs.", "Deux chiens."),
        Clock.fixed(START, ZoneOffset.UTC),
        () -> nanos);
  }

  /** Steps of 50 tokens, two in a second. */
  private void steps(RunRecorder recorder, int first, int last) throws IOException {
    for (int step = first; step <= last; step++) {
      nanos += 500_000_000;
      recorder.stepped(new Step(step, 0, 50, 2, 1, 0.001));
    }
  }

  /** The events of the only file. */
  private List<Event> events(RunRecorder recorder) throws IOException {
    assertThat(recorder.history().steps()).isNotEmpty();
    assertThat(files()).hasSize(1);
    return TensorBoardReader.read(files().get(0));
  }

  /** Those with scalars. */
  private static List<Event> only(List<Event> events) {
    return events.stream().filter(event -> !event.scalars().isEmpty()).toList();
  }

  /** In the order in which TensorBoard reads them. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
      List<Path> sorted = new ArrayList<>(files.sorted().toList());
      assertThat(sorted)
          .allSatisfy(file -> assertThat(file.getFileName().toString()).contains("tfevents"));
      return sorted;
    }
  }
}
