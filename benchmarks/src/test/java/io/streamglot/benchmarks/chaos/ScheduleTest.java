package io.streamglot.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.benchmarks.chaos.Schedule.Step;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void aSeedDecidesAll() {
    assertThat(Schedule.of(7, 10)).isEqualTo(Schedule.of(7, 10));
  }

  @Test
  void anotherSeedIsAnotherSchedule() {
    assertThat(Schedule.of(7, 10).steps()).isNotEqualTo(Schedule.of(8, 10).steps());
  }

  @Test
  void stepsAreInOrderAndBeforeTheEnd() {
    assertThat(Schedule.of(7, 50).steps())
        .hasSize(50)
        .isSortedAccordingTo(Comparator.comparingDouble(Step::progress))
        .allMatch(step -> step.progress() > 0 && step.progress() < 1);
  }

  @Test
  void everybodyIsChosenAtTimes() {
    List<String> several = List.of("a", "b", "c");

    assertThat(Schedule.of(7, 50).steps().stream().map(step -> step.among(several)).distinct())
        .containsExactlyInAnyOrderElementsOf(several);
  }

  @Test
  void whatDidNotCountIsDoneAgainAtOnce() {
    assertThat(Schedule.of(7, 10).spares())
        .hasSizeGreaterThanOrEqualTo(10)
        .allMatch(step -> step.progress() == 0);
  }
}
