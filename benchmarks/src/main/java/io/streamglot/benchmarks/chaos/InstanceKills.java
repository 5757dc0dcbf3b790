package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.ClusterView.OpenTransaction;
import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kills instances with a transaction open and starts them again.
 *
 * <p>A kill counts if the coordinator shows the transaction open afterwards, and the same one still
 * when a commit that was on its way would have arrived. Between looking and killing a commit may
 * slip in: then there is another kill. Without transactions, a kill counts if the instance had
 * partitions.
 */
final class InstanceKills implements Act {

  /** For a commit that was on its way when the process died. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(600);

  private final Schedule schedule;
  private final Iterator<Step> spares;
  private int uncounted;

  InstanceKills(Schedule schedule) {
    this.schedule = schedule;
    this.spares = schedule.spares().iterator();
  }

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    for (Step step : schedule.steps()) {
      stage.awaitProgress(step.progress());
      killUntilOneCounts(stage, step);
    }
    return Result.of(summary(stage));
  }

  /** Kills and starts again the one that the step chooses, and others until one counts. */
  void killUntilOneCounts(Stage stage, Step step)
      throws StalledException, InterruptedException, IOException {
    while (!kill(stage, step)) {
      uncounted++;
      if (!spares.hasNext()) {
        throw new StalledException("no kill counts: %d did not".formatted(uncounted));
      }
      step = spares.next();
    }
  }

  /** How many counted, and how many did not. */
  String summary(Stage stage) {
    return "%d kills of instances%s; %d more did not count, for a commit slipped in"
        .formatted(
            schedule.steps().size(),
            transactional(stage) ? ", each with its transaction open" : "",
            uncounted);
  }

  private static boolean transactional(Stage stage) {
    return stage.settings().guarantee().isTransactional();
  }

  /** Kills one and starts it again; says whether it counts. */
  private static boolean kill(Stage stage, Step step)
      throws StalledException, InterruptedException, IOException {
    int number = step.among(stage.instances().running()).number();
    boolean counts =
        transactional(stage) ? killWriting(stage, number) : killAssigned(stage, number);
    stage.pause(step.pause());
    stage.instances().start(number);
    stage.events().add("instance %d starts again".formatted(number));
    return counts;
  }

  private static boolean killWriting(Stage stage, int number)
      throws StalledException, InterruptedException, IOException {
    Set<Integer> partitions = stage.awaitPartitions(number);
    stage.awaitOpenTransaction(number);
    Instance instance = stage.instances().get(number);
    List<String> ids = instance.transactionalIds();
    stage.instances().kill(number);
    Optional<OpenTransaction> after = stage.view().openTransaction(ids);
    stage
        .events()
        .add(
            "SIGKILL instance %d (pid %d): %s; partitions %s; %s"
                .formatted(
                    number,
                    instance.process().pid(),
                    stage.inFlight(),
                    partitions,
                    after
                        .map(
                            open ->
                                "transaction %s open for %d ms, wrote to %d partitions"
                                    .formatted(open.id(), open.ageMs(), open.partitions().size()))
                        .orElse("no transaction open")));
    stage.pause(ON_ITS_WAY);
    Optional<OpenTransaction> later = stage.view().openTransaction(ids);
    boolean counts =
        after.isPresent() && later.isPresent() && later.get().startMs() == after.get().startMs();
    stage
        .events()
        .add(
            counts
                ? "the same transaction is open after %d ms".formatted(later.get().ageMs())
                : "does not count: that transaction was over");
    return counts;
  }

  private static boolean killAssigned(Stage stage, int number)
      throws StalledException, InterruptedException, IOException {
    Set<Integer> partitions = stage.awaitPartitions(number);
    Instance instance = stage.instances().get(number);
    stage.instances().kill(number);
    stage
        .events()
        .add(
            "SIGKILL instance %d (pid %d): %s; partitions %s"
                .formatted(number, instance.process().pid(), stage.inFlight(), partitions));
    return true;
  }
}
