package io.streamglot.benchmarks.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * All that a scenario acts upon, while the program works. Whoever waits, waits here: an instance
 * that ended by itself is started again meanwhile, as a supervisor would. For one thread.
 */
final class Stage {

  private static final Duration TICK = Duration.ofMillis(20);

  /** Longer than any outage that is to be expected: hung transactions end within 20 s. */
  private static final Duration STALL = Duration.ofSeconds(90);

  private static final Duration WAIT = Duration.ofMinutes(3);

  /** More of these in a run and something is broken. */
  private static final int MOST_SELF_ENDS = 20;

  private final ChaosSettings settings;
  private final KafkaCluster cluster;
  private final ClusterView view;
  private final Instances instances;
  private final Generator generator;
  private final Watch watch;
  private final Verifier progress;
  private final Events events;
  private int selfEnds;

  Stage(
      ChaosSettings settings,
      KafkaCluster cluster,
      ClusterView view,
      Instances instances,
      Generator generator,
      Watch watch,
      Verifier progress,
      Events events) {
    this.settings = settings;
    this.cluster = cluster;
    this.view = view;
    this.instances = instances;
    this.generator = generator;
    this.watch = watch;
    this.progress = progress;
    this.events = events;
  }

  /** Nothing came out any more, though something had to. */
  static final class StalledException extends Exception {
    private static final long serialVersionUID = 1L;

    StalledException(String message) {
      super(message);
    }
  }

  /** A question to the cluster; its answer is what is not yet as it should be. */
  @FunctionalInterface
  interface Objection {
    Optional<String> ask() throws InterruptedException;
  }

  ChaosSettings settings() {
    return settings;
  }

  KafkaCluster cluster() {
    return cluster;
  }

  ClusterView view() {
    return view;
  }

  /** The source partitions of each instance that runs, by its number; 0 stands for the dead. */
  Map<Integer, Set<Integer>> assignment() throws InterruptedException {
    return view.assignment(instances::numberOf);
  }

  Instances instances() {
    return instances;
  }

  Watch watch() {
    return watch;
  }

  Events events() {
    return events;
  }

  /** How often an instance ended by itself. */
  int selfEnds() {
    return selfEnds;
  }

  /** What was in flight, in words. */
  String inFlight() {
    return "sent %,d, answered %,d".formatted(generator.sent(), progress.answeredThrough());
  }

  /** Waits for the first outcome: the program starts, which takes its time on a busy machine. */
  void awaitFlow() throws StalledException, InterruptedException, IOException {
    await(() -> progress.records() > 0 ? Optional.empty() : Optional.of("no outcome"));
  }

  /** Waits until this share of all records is answered. */
  void awaitProgress(double share) throws StalledException, InterruptedException, IOException {
    awaitOutcomes(() -> progress.answeredThrough() >= share * settings.records());
  }

  /** Waits until a version of the model has translated something. */
  void awaitVersion(String version) throws StalledException, InterruptedException, IOException {
    awaitOutcomes(() -> progress.hasSeen(version));
  }

  /** Waits until everything that was sent is acknowledged and has an outcome. */
  void awaitEnd() throws StalledException, InterruptedException, IOException {
    awaitOutcomes(() -> generator.isDone() && progress.isComplete(generator.sent()));
  }

  /** Waits until an instance works and has partitions; returns them. */
  Set<Integer> awaitPartitions(int number)
      throws StalledException, InterruptedException, IOException {
    await(
        () ->
            // Its life before may still be in the group.
            instances.get(number).isUp() && assignment().containsKey(number)
                ? Optional.empty()
                : Optional.of("instance %d has no partitions".formatted(number)));
    return assignment().getOrDefault(number, Set.of());
  }

  /** Waits until an instance has a transaction open. */
  void awaitOpenTransaction(int number) throws StalledException, InterruptedException, IOException {
    await(
        () ->
            view.openTransaction(instances.get(number).transactionalIds()).isPresent()
                ? Optional.empty()
                : Optional.of("instance %d has no open transaction".formatted(number)));
  }

  /** Waits until nothing is objected to. */
  void await(Objection objection) throws StalledException, InterruptedException, IOException {
    Patience patience = new Patience(WAIT);
    for (Optional<String> actual = objection.ask(); actual.isPresent(); actual = objection.ask()) {
      if (patience.isOver()) {
        throw new StalledException(
            "not as expected after %d s: %s".formatted(WAIT.toSeconds(), actual.get()));
      }
      tick();
    }
  }

  /** Lets time pass. */
  void pause(Duration duration) throws InterruptedException, IOException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      tick();
    }
  }

  /** Waits until the condition holds, as long as outcomes come. */
  private void awaitOutcomes(BooleanSupplier condition)
      throws StalledException, InterruptedException, IOException {
    Patience patience = new Patience(STALL);
    long seen = progress.records();
    while (!condition.getAsBoolean()) {
      tick();
      if (progress.records() > seen) {
        seen = progress.records();
        patience.renew();
      }
      if (patience.isOver()) {
        throw new StalledException("no outcome for %d s".formatted(STALL.toSeconds()));
      }
    }
  }

  private void tick() throws InterruptedException, IOException {
    generator.requireHealthy();
    watch.requireHealthy();
    for (Instance ended : instances.removeEnded()) {
      selfEnds++;
      events.add(
          "instance %d ended by itself with exit code %d; it said last: %s"
              .formatted(ended.number(), ended.process().exitValue(), ended.lastWords()));
      if (selfEnds > MOST_SELF_ENDS) {
        throw new IllegalStateException(
            "instances: expected to run, actual %d ended by themselves".formatted(selfEnds));
      }
      instances.start(ended.number());
    }
    events.progress(inFlight());
    Thread.sleep(TICK.toMillis());
  }
}
