package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import io.streamglot.benchmarks.chaos.Watch.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kills an instance and takes the time until a partition that it had gets a new translation: made
 * after the kill, committed and read. A lone instance is started again at once.
 */
final class Outages implements Act {

  private static final Duration ALLOWED = Duration.ofSeconds(10);

  /** So that no rebalance of the round before is still under way. */
  private static final Duration SETTLED = Duration.ofSeconds(8);

  private final Schedule schedule;

  Outages(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    List<Long> first = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    for (Step step : schedule.steps()) {
      awaitAllAssigned(stage);
      stage.pause(SETTLED.plus(step.pause()));
      awaitAllAssigned(stage);
      Probe probe = round(stage, step.among(stage.instances().running()).number());
      first.add(probe.firstMs());
      last.add(probe.lastMs());
    }
    first.sort(null);
    last.sort(null);
    boolean holds = first.get(first.size() - 1) <= ALLOWED.toMillis();
    return new Result(
        List.of(
            "%d outages of %d instances: first new translation of a partition after %,d ms in the median, %,d ms at most (allowed %,d ms): %s"
                .formatted(
                    first.size(),
                    stage.settings().instances(),
                    first.get(first.size() / 2),
                    first.get(first.size() - 1),
                    ALLOWED.toMillis(),
                    holds ? "holds" : "too long"),
            "until all partitions went on: %,d ms in the median, %,d ms at most"
                .formatted(last.get(last.size() / 2), last.get(last.size() - 1))),
        holds);
  }

  private static Probe round(Stage stage, int number)
      throws StalledException, InterruptedException, IOException {
    Set<Integer> partitions = stage.assignment().get(number);
    String inFlight = stage.inFlight();
    stage.instances().kill(number);
    Probe probe = stage.watch().probe(partitions);
    stage
        .events()
        .add("SIGKILL instance %d: %s; partitions %s".formatted(number, inFlight, partitions));
    boolean alone = stage.settings().instances() == 1;
    if (alone) {
      stage.instances().start(number);
    }
    stage.await(() -> probe.isAnswered() ? Optional.empty() : Optional.of("nothing new"));
    stage.await(() -> probe.isComplete() ? Optional.empty() : Optional.of("not all go on"));
    stage
        .events()
        .add(
            "first new translation after %,d ms; all %d partitions after %,d ms"
                .formatted(probe.firstMs(), partitions.size(), probe.lastMs()));
    if (!alone) {
      stage.instances().start(number);
    }
    return probe;
  }

  private static void awaitAllAssigned(Stage stage)
      throws StalledException, InterruptedException, IOException {
    stage.await(
        () -> {
          var assignment = stage.assignment();
          int assigned = assignment.values().stream().mapToInt(Set::size).sum();
          return assignment.size() == stage.settings().instances()
                  && assigned == stage.settings().partitions()
              ? Optional.empty()
              : Optional.of("partitions are assigned as " + assignment);
        });
  }
}
