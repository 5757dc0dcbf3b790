package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.benchmarks.profile.KernelCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real profile, of the model that ships. */
class ProfiledRunTest {

  private static final Candidate SHIPPED = Candidate.parse("../models/en-fr");
  private static final List<String> TEXTS = texts();

  @Test
  void oneSentenceAtATimeSearchedGreedilyComputesTheRowsThatItNeeds() throws IOException {
    ProfiledRun run = ProfiledRun.of(SHIPPED, new RunSettings(1, 1, 1), TEXTS);

    assertThat(run.sentences()).isEqualTo(TEXTS.size());
    assertThat(run.profile().runs()).isEqualTo(TEXTS.size());
    assertThat(run.computedRows()).isEqualTo(run.neededRows()).isEqualTo(run.steps());
  }

  @Test
  void thePlainTimeOfTheSameCallsIsInMicroseconds() throws IOException {
    long start = System.nanoTime();
    ProfiledRun run = ProfiledRun.of(SHIPPED, new RunSettings(1, 4, 1), TEXTS);
    long elapsed = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);

    assertThat(run.plainMicros())
        .isBetween(run.profile().runMicros() / 100, (elapsed - run.profile().runMicros()) / 2);
  }

  @Test
  void aBatchNeedsAsManyRowsAsItsSentencesAlone() throws IOException {
    ProfiledRun alone = ProfiledRun.of(SHIPPED, new RunSettings(1, 4, 1), TEXTS);
    ProfiledRun together = ProfiledRun.of(SHIPPED, new RunSettings(8, 4, 1), TEXTS);

    assertThat(together.profile().runs()).isEqualTo(2);
    assertThat(together.steps()).isLessThan(alone.steps());
    assertThat(together.neededRows()).isEqualTo(alone.neededRows());
    assertThat(together.computedRows()).isGreaterThanOrEqualTo(together.neededRows());
  }

  @Test
  void everyStepMultipliesTheStateByTheRecurrentMatrix() throws IOException {
    ProfiledRun run = ProfiledRun.of(SHIPPED, new RunSettings(4, 4, 1), TEXTS);

    assertThat(run.recurrent())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.inputs().get(0)).element(1).isEqualTo(384L))
        .extracting(KernelCall::node)
        .containsOnly(run.recurrent().get(0).node());
  }

  private static List<String> texts() {
    try {
      return SourceTexts.read(Path.of("../training/src/test/resources/tatoeba-en-fr/dev.tsv.gz"))
          .subList(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
