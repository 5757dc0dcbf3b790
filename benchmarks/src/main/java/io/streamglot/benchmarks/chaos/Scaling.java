package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One instance becomes three, one after the other, and then two. */
final class Scaling implements Act {

  static final int STEPS = 3;

  private final Schedule schedule;

  Scaling(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    for (int number = 2; number <= STEPS; number++) {
      stage.awaitProgress(schedule.steps().get(number - 2).progress());
      stage.instances().start(number);
      stage
          .events()
          .add(
              "instance %d starts beside the others: %s; partitions %s"
                  .formatted(number, stage.inFlight(), stage.assignment()));
    }
    Step last = schedule.steps().get(STEPS - 1);
    stage.awaitProgress(last.progress());
    stage.events().add("before the stop: partitions %s".formatted(stage.assignment()));
    Duration took = InstanceStops.stop(stage, last.among(stage.instances().running()).number());
    return Result.of("instances 1 to 3 to 2; " + InstanceStops.summary(List.of(took)));
  }
}
