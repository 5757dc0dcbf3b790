package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Stage.StalledException;
import java.io.IOException;
import java.util.List;

/** What a scenario does to what runs. */
@FunctionalInterface
interface Act {

  /** Plays it through. */
  Result play(Stage stage) throws StalledException, InterruptedException, IOException;

  /**
   * What came of it.
   *
   * @param lines for the report
   * @param holds whether it is as it has to be
   */
  record Result(List<String> lines, boolean holds) {

    static Result of(String line) {
      return new Result(List.of(line), true);
    }
  }

  /**
   * The act of a scenario.
   *
   * @param bundles that follow the first one, for {@link Scenario#ROLLOUT}
   */
  static Act of(ChaosSettings settings, NextBundles bundles) {
    Schedule schedule = Schedule.of(settings.seed(), settings.kills());
    return switch (settings.scenario()) {
      case KILL, POISON -> new InstanceKills(schedule);
      case TERMINATE -> new InstanceStops(schedule);
      case SCALE -> new Scaling(Schedule.of(settings.seed(), Scaling.STEPS));
      case BROKERS -> new BrokerKills(schedule);
      case OUTAGE -> new Outages(schedule);
      case ROLLOUT -> new Rollouts(schedule, bundles);
    };
  }
}
