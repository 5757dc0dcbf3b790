package io.streamglot.benchmarks.chaos;

import java.util.Locale;

/** What happens to the program while it works. */
public enum Scenario {
  /** Instances are killed with a transaction open, and started again. */
  KILL,
  /** Instances are stopped by SIGTERM, and started again. */
  TERMINATE,
  /** One instance becomes three, then two. */
  SCALE,
  /** Brokers are killed and started again. */
  BROKERS,
  /** As {@link #KILL}, and one record in ten is bad. */
  POISON,
  /** An instance is killed; how long until its partitions go on? */
  OUTAGE,
  /** Events replace the model, bundles are damaged, and instances are killed meanwhile. */
  ROLLOUT;

  /** Its name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
