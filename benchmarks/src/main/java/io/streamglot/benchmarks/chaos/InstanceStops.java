package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops instances that are at work as a deployment does, and starts them again. */
final class InstanceStops implements Act {

  private final Schedule schedule;

  InstanceStops(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    List<Duration> took = new ArrayList<>();
    for (Step step : schedule.steps()) {
      stage.awaitProgress(step.progress());
      int number = step.among(stage.instances().running()).number();
      stage.awaitPartitions(number);
      if (stage.settings().guarantee().isTransactional()) {
        stage.awaitOpenTransaction(number);
      }
      took.add(stop(stage, number));
      stage.pause(step.pause());
      stage.instances().start(number);
      stage.events().add("instance %d starts again".formatted(number));
    }
    return Result.of(summary(took));
  }

  /** Stops an instance that runs, and notes what was in flight. */
  static Duration stop(Stage stage, int number)
      throws StalledException, InterruptedException, IOException {
    stage.await(
        () ->
            stage.instances().get(number).isUp()
                ? Optional.empty()
                : Optional.of("instance %d does not work yet".formatted(number)));
    Instance instance = stage.instances().get(number);
    Set<Integer> partitions = stage.assignment().getOrDefault(number, Set.of());
    String open =
        stage
            .view()
            .openTransaction(instance.transactionalIds())
            .map(found -> "transaction %s open for %d ms".formatted(found.id(), found.ageMs()))
            .orElse("no transaction open");
    String inFlight = stage.inFlight();
    Duration took = stage.instances().terminate(number);
    stage
        .events()
        .add(
            "SIGTERM instance %d (pid %d): %s; partitions %s; %s; exit code 0 after %d ms"
                .formatted(
                    number, instance.process().pid(), inFlight, partitions, open, took.toMillis()));
    return took;
  }

  /** How many, and how long they took. */
  static String summary(List<Duration> took) {
    return "%d stops by SIGTERM, each with exit code 0; median %d ms, longest %d ms (allowed %d ms)"
        .formatted(
            took.size(),
            took.stream().sorted().skip(took.size() / 2).findFirst().orElseThrow().toMillis(),
            took.stream().max(Duration::compareTo).orElseThrow().toMillis(),
            Instances.STOP_LIMIT.toMillis());
  }
}
