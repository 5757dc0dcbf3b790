package io.streamglot.app.rollout;

import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.PairModels;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the events: loads the models that one names, on a thread of its own, and hands them to
 * the {@link Translators}, from where each task takes them with its next record. An event that
 * cannot be followed is refused with a line in the log, and the models before it serve on.
 *
 * <p>Thread-safe.
 */
public final class Rollouts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);

  private static final int PAUSE_AFTER_FAULT_SECONDS = 5;

  private final ModelsTopic topic;
  private final BundleFolder bundles;
  private final Map<LanguagePair, ModelBundle> configured;
  private final Translators translators;
  private final boolean shadows;
  private final TopologyListener listener;
  private final Thread thread = new Thread(this::follow, "streamglot-rollouts");

  /** The models that each pair has now; no name for the configured one. */
  private final Map<LanguagePair, Map<Optional<BundleName>, Translator>> loaded = new HashMap<>();

  private final CountDownLatch closing = new CountDownLatch(1);

  private Rollouts(
      ModelsTopic topic,
      BundleFolder bundles,
      List<ModelBundle> configured,
      Translators translators,
      boolean shadows,
      TopologyListener listener) {
    this.topic = topic;
    this.bundles = bundles;
    this.configured = new HashMap<>();
    for (var bundle : configured) {
      var manifest = bundle.manifest();
      this.configured.put(
          new LanguagePair(manifest.sourceLanguage(), manifest.targetLanguage()), bundle);
    }
    this.translators = translators;
    this.shadows = shadows;
    this.listener = listener;
    for (var pair : translators.pairs()) {
      loaded.put(pair, Map.of(Optional.empty(), translators.models(pair).serving()));
    }
  }

  /**
   * Follows the events that there are, the last of each pair, and goes on in the background. Where
   * the last cannot be followed, the one before it is, if the topic still has it.
   *
   * @param topic closed with this, or here if the start fails
   * @param configured the bundles of the translators that there are
   * @param translators whose models are replaced; others close them
   * @param shadows whether candidates may translate for a shadow topic
   * @param limit of the wait for each answer of Kafka
   * @param listener hears of each event, on the thread that follows them
   * @throws KafkaException if the topic cannot be read
   */
  public static Rollouts start(
      ModelsTopic topic,
      BundleFolder bundles,
      List<ModelBundle> configured,
      Translators translators,
      boolean shadows,
      Duration limit,
      TopologyListener listener) {
    var rollouts = new Rollouts(topic, bundles, configured, translators, shadows, listener);
    try {
      rollouts.catchUp(topic.readToEnd(limit));
    } catch (RuntimeException e) {
      topic.close();
      throw e;
    }
    rollouts.thread.setDaemon(true);
    rollouts.thread.start();
    return rollouts;
  }

  private void catchUp(ModelsTopic.Records read) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new LinkedHashMap<>();
    for (var record : read.records()) {
      byKey.computeIfAbsent(ModelsTopic.key(record), key -> new ArrayList<>()).add(0, record);
    }
    for (var newestFirst : byKey.values()) {
      for (var record : newestFirst) {
        if (handle(record)) {
          break;
        }
      }
    }
    translators.reach(read.end() - 1);
  }

  private void follow() {
    while (!isClosed()) {
      try {
        for (var record : topic.poll()) {
          if (!isClosed()) {
            handle(record);
            translators.reach(record.offset());
          }
        }
      } catch (WakeupException e) {
        // It is closed.
      } catch (KafkaException e) {
        LOG.warn("topic of models: expected events, actual {}; tried again", e.getMessage());
        pause();
      }
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      var unused = closing.await(PAUSE_AFTER_FAULT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  /** Whether the event was followed. */
  private boolean handle(ConsumerRecord<byte[], byte[]> record) {
    var where = "%s-%d offset %d".formatted(record.topic(), record.partition(), record.offset());
    try {
      var pair = servedPair(ModelsTopic.key(record));
      var event = RolloutEvent.read(pair, record.value());
      translators.replace(pair, models(event), record.offset());
      LOG.info("{}: ready: {}", where, event);
      listener.rolloutHeard(true);
      return true;
    } catch (RolloutException e) {
      LOG.error("{}: refused, the models before serve on: {}", where, e.getMessage());
    } catch (RuntimeException e) {
      // The events after it are to be followed.
      LOG.error("{}: refused, the models before serve on", where, e);
    }
    listener.rolloutHeard(false);
    return false;
  }

  private LanguagePair servedPair(String key) throws RolloutException {
    var pair = RolloutEvent.pair(key);
    if (!configured.containsKey(pair)) {
      throw new RolloutException(
          "key: expected a pair of the configured models, one of %s, actual %s"
              .formatted(translators.pairs(), pair));
    }
    return pair;
  }

  /** Those that are loaded already are not loaded again. */
  private PairModels models(RolloutEvent event) throws RolloutException {
    var known = loaded.get(event.pair());
    Map<Optional<BundleName>, Translator> wanted = new HashMap<>();
    try {
      var serving = translator(event.pair(), event.serving(), known, wanted);
      Optional<PairModels.Candidate> candidate = Optional.empty();
      if (event.candidate().isPresent()) {
        var tried = event.candidate().get();
        if (tried.shadow() && !shadows) {
          throw new RolloutException(
              "candidate.shadow: expected a shadow topic in the configuration, actual none");
        }
        var translator = translator(event.pair(), Optional.of(tried.bundle()), known, wanted);
        candidate =
            Optional.of(new PairModels.Candidate(translator, tried.share(), tried.shadow()));
      }
      loaded.put(event.pair(), wanted);
      return new PairModels(serving, candidate);
    } catch (RolloutException | RuntimeException e) {
      wanted.forEach(
          (name, translator) -> {
            if (!known.containsKey(name)) {
              translator.close();
            }
          });
      throw e;
    }
  }

  private Translator translator(
      LanguagePair pair,
      Optional<BundleName> name,
      Map<Optional<BundleName>, Translator> known,
      Map<Optional<BundleName>, Translator> wanted)
      throws RolloutException {
    var translator = known.containsKey(name) ? known.get(name) : wanted.get(name);
    if (translator == null) {
      translator =
          name.isPresent() ? bundles.load(name.get(), pair) : bundles.load(configured.get(pair));
    }
    wanted.put(name, translator);
    return translator;
  }

  /** Waits for a model that is being loaded. */
  @Override
  public void close() {
    closing.countDown();
    topic.wakeUp();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topic.close();
  }
}
