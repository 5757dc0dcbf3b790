package io.streamglot.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.app.rollout.BundleName;
import io.streamglot.app.rollout.RolloutEvent;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.benchmarks.chaos.Schedule.Step;
import io.streamglot.benchmarks.chaos.Stage.StalledException;
import io.streamglot.translator.bundle.BundleManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Replaces the model by events, one after another, with a damaged bundle before each; kills an
 * instance each time, by turns as soon as one has a transaction open, which may be while the
 * bundles are loaded, and when the first partition has switched.
 */
final class Rollouts implements Act {

  /** Topic of the events. */
  static final String TOPIC = "translation-models";

  private static final String REFUSAL =
      "refused, the models before serve on: bundle " + NextBundles.DAMAGED;

  private final Schedule schedule;
  private final NextBundles bundles;

  Rollouts(Schedule schedule, NextBundles bundles) {
    this.schedule = schedule;
    this.bundles = bundles;
  }

  @Override
  public Result play(Stage stage) throws StalledException, InterruptedException, IOException {
    InstanceKills kills = new InstanceKills(schedule);
    List<String> versions = bundles.versions();
    for (int i = 0; i < versions.size(); i++) {
      Step step = schedule.steps().get(i);
      stage.awaitProgress(step.progress());
      publish(stage, bundles.damaged());
      publish(stage, bundles.named(versions.get(i)));
      if (i % 2 == 0) {
        stage.awaitVersion(versions.get(i));
        stage.events().add("version %s translates".formatted(versions.get(i)));
      }
      kills.killUntilOneCounts(stage, step);
    }
    stage.awaitVersion(versions.get(versions.size() - 1));
    long refusals = stage.instances().said(REFUSAL);
    return new Result(
        List.of(
            "%d events that replace the model, each after one that names a damaged bundle"
                .formatted(versions.size()),
            "lives of instances that refused the damaged bundle by its name: " + refusals,
            kills.summary(stage)),
        refusals > 0);
  }

  private void publish(Stage stage, BundleName name) throws InterruptedException {
    BundleManifest model = bundles.bundle().manifest();
    RolloutEvent event =
        new RolloutEvent(
            new LanguagePair(model.sourceLanguage(), model.targetLanguage()),
            Optional.of(name),
            Optional.empty());
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.cluster().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long offset =
          producer
              .send(new ProducerRecord<>(TOPIC, event.key().getBytes(UTF_8), event.value()))
              .get()
              .offset();
      stage.events().add("event at offset %d, %s: %s".formatted(offset, event, stage.inFlight()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s: expected the event to be acknowledged, actual %s".formatted(TOPIC, e.getCause()), e);
    }
  }
}
