package io.streamglot.app.topology;

import io.streamglot.app.topology.Translators.Lease;
import io.streamglot.app.topology.Translators.Numbered;
import io.streamglot.translator.Translator;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that a task translates with.
 *
 * <p>Where models can be replaced, the task's store keeps the number of each pair's replacement, in
 * the transaction of the first translation by it. A task that moves to another instance waits there
 * until that has come as far: in a partition the versions change at one offset, and not back,
 * unless the instance refuses the models or takes too long.
 *
 * <p>Used by the thread that has the task.
 */
final class TaskModels {

  /** Name of the store: numbers of replacements by language pair. */
  static final String STORE = "models";

  private static final Logger LOG = LoggerFactory.getLogger(TaskModels.class);

  private final Translators translators;
  private final Optional<KeyValueStore<String, Long>> store;
  private Lease lease;

  /**
   * Has no models yet.
   *
   * @param store empty where models are not replaced
   */
  TaskModels(Translators translators, Optional<KeyValueStore<String, Long>> store) {
    this.translators = translators;
    this.store = store;
  }

  /** Whether {@link #renew} would change something. */
  boolean isOutdated() {
    return lease == null || lease.isOutdated();
  }

  /**
   * Takes the newest models, and waits for them if the task had newer ones before.
   *
   * @param partition that the task reads
   * @param offset of the first record that they translate
   * @param limit of the wait; after it the task goes on with the models that there are
   */
  void renew(String partition, long offset, Duration limit) {
    store.ifPresent(numbers -> awaitKnown(numbers, limit));
    var newest = translators.lease();
    end();
    lease = newest;
    store.ifPresent(
        numbers ->
            newest.byPair().forEach((pair, now) -> keep(numbers, pair, now, partition, offset)));
  }

  private void awaitKnown(KeyValueStore<String, Long> numbers, Duration limit) {
    translators.pairs().stream()
        .map(pair -> number(numbers, pair))
        .max(Comparator.naturalOrder())
        .filter(newest -> !translators.await(newest, limit))
        .ifPresent(
            newest ->
                LOG.warn(
                    "models: expected to come to event {}, as others have, actual not; those before"
                        + " serve on",
                    newest));
  }

  private static long number(KeyValueStore<String, Long> numbers, LanguagePair pair) {
    var known = numbers.get(pair.toString());
    return known == null ? Translators.CONFIGURED : known;
  }

  private static void keep(
      KeyValueStore<String, Long> numbers,
      LanguagePair pair,
      Numbered now,
      String partition,
      long offset) {
    if (now.number() != number(numbers, pair)) {
      numbers.put(pair.toString(), now.number());
      LOG.info(
          "{} from offset {} on: {} by {}{}",
          partition,
          offset,
          pair,
          described(now.models()),
          now.number() == Translators.CONFIGURED ? "" : ", event " + now.number());
    }
  }

  private static String described(PairModels models) {
    return named(models.serving())
        + models
            .candidate()
            .map(
                tried ->
                    ", candidate %s (share %s%s)"
                        .formatted(
                            named(tried.translator()),
                            tried.share(),
                            tried.shadow() ? ", shadow" : ""))
            .orElse("");
  }

  private static String named(Translator translator) {
    return translator.manifest().name() + " " + translator.manifest().version();
  }

  /** The models; there must be some. */
  Lease lease() {
    return lease;
  }

  /** Nothing waits: a task without traffic must not keep models open that were replaced. */
  void rest() {
    if (store.isPresent()) {
      end();
    }
  }

  /** Gives them back. */
  void end() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}
