package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Kills brokers and starts them again, each time one that leads something that the program needs
 * now. The next is killed only when every replica is in sync again.
 */
final class BrokerKills implements Act {

  private final Schedule schedule;

  BrokerKills(Schedule schedule) {
    this.schedule = schedule;
  }

  /** A broker, and what it is to be killed for. */
  private record Victim(int broker, String why) {}

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    for (int i = 0; i < schedule.steps().size(); i++) {
      Step step = schedule.steps().get(i);
      stage.awaitProgress(step.progress());
      kill(stage, victim(stage, i, step), step);
    }
    return Result.of(
        "%d kills of brokers, leaders of output partitions and of the transaction log among them"
            .formatted(schedule.steps().size()));
  }

  private static Victim victim(Stage stage, int i, Step step)
      throws StalledException, InterruptedException, IOException {
    int partition = (int) (step.choice() * stage.settings().partitions());
    boolean transactional = stage.settings().guarantee().isTransactional();
    return switch (i % 4) {
      case 0 -> leader(stage, Workload.TRANSLATIONS, partition);
      case 1 ->
          transactional
              ? coordinator(stage, step)
              : leader(stage, Workload.TRANSLATIONS, partition);
      case 2 -> leader(stage, Workload.SOURCE, partition);
      default -> new Victim(stage.view().controller(), "leads the controllers");
    };
  }

  private static Victim leader(Stage stage, String topic, int partition)
      throws InterruptedException {
    return new Victim(
        stage.view().leader(topic, partition), "leads %s-%d".formatted(topic, partition));
  }

  private static Victim coordinator(Stage stage, Step step)
      throws StalledException, InterruptedException, IOException {
    int number = step.among(stage.instances().running()).number();
    stage.await(
        () ->
            ids(stage, number).isEmpty()
                ? Optional.of("instance %d has no transactional id".formatted(number))
                : Optional.empty());
    String id = ids(stage, number).get(0);
    int broker =
        stage
            .view()
            .coordinator(id)
            .orElseThrow(() -> new StalledException(id + " has no coordinator"));
    return new Victim(
        broker, "leads the partition of the transaction log that has instance " + number);
  }

  private static List<String> ids(Stage stage, int number) {
    return stage.instances().get(number).transactionalIds();
  }

  private static void kill(Stage stage, Victim victim, Step step)
      throws StalledException, InterruptedException, IOException {
    int broker = victim.broker();
    long pid = stage.cluster().pid(broker);
    String inFlight = stage.inFlight();
    stage.cluster().kill(broker);
    stage
        .events()
        .add(
            "SIGKILL broker %d (pid %d), which %s: %s"
                .formatted(broker, pid, victim.why(), inFlight));
    // Before the others have noticed, a full list of replicas in sync would mean nothing.
    stage.await(() -> stage.view().inSync(broker).map(each -> each + " has it in sync"));
    stage.pause(step.pause());
    stage.cluster().restart(broker);
    stage.events().add("broker %d starts again: %s".formatted(broker, stage.inFlight()));
    stage.await(() -> stage.view().withoutBrokers(stage.cluster().size()));
    stage.await(() -> stage.view().outOfSync());
    stage.events().add("every replica is in sync: %s".formatted(stage.inFlight()));
  }
}
