package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskModelsTest {

  private static final LanguagePair PAIR = new LanguagePair("en", "fr");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestTranslator configured = new TestTranslator("en", "fr");
  private final TestTranslator next = new TestTranslator("en", "fr");
  private final Translators translators = new Translators(List.of(configured));
  private final KeyValueStore<String, Long> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(TaskModels.STORE), Serdes.String(), Serdes.Long())
          .withLoggingDisabled()
          .build();
  private final TaskModels models = new TaskModels(translators, Optional.of(store));

  @BeforeEach
  void openStore() {
    var context =
        new MockProcessorContext<byte[], byte[]>(
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")));
    store.init(context.getStateStoreContext(), store);
  }

  @Test
  void theStoreKeepsWhichReplacementTheTaskTranslatesBy() {
    models.renew("texts-0", 0, LONG);
    assertThat(store.get("en to fr")).isNull();

    translators.replace(PAIR, new PairModels(next), 7);
    assertThat(models.isOutdated()).isTrue();
    models.renew("texts-0", 5, LONG);
    assertThat(store.get("en to fr")).isEqualTo(7);
    assertThat(models.lease().models(PAIR).serving()).isSameAs(next);
    assertThat(models.isOutdated()).isFalse();
  }

  @Test
  void aTaskThatComesFromAnInstanceWithNewerModelsWaitsForThem() throws Exception {
    store.put("en to fr", 7L);
    var taken = CompletableFuture.runAsync(() -> models.renew("texts-0", 5, LONG));
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(taken).isNotDone();

    translators.replace(PAIR, new PairModels(next), 7);
    translators.reach(7);
    taken.get(1, TimeUnit.MINUTES);
    assertThat(models.lease().models(PAIR).serving()).isSameAs(next);
  }

  /** As when the topic of events was made anew: it must not wait again with each record. */
  @Test
  void itGoesOnWithOlderOnesIfTheyDoNotComeAndTheStoreSaysSo() {
    store.put("en to fr", 7L);
    models.renew("texts-0", 5, Duration.ofMillis(1));

    assertThat(models.lease().models(PAIR).serving()).isSameAs(configured);
    assertThat(store.get("en to fr")).isEqualTo(-1);
  }

  @Test
  void anEventThatWasRefusedKeepsNobodyWaitingAndChangesNothing() {
    translators.replace(PAIR, new PairModels(next), 7);
    models.renew("texts-0", 5, LONG);
    translators.reach(9);

    assertThat(models.isOutdated()).isFalse();
    models.end();
    models.renew("texts-0", 6, LONG);
    assertThat(store.get("en to fr")).isEqualTo(7);
  }

  @Test
  void aTaskAtRestKeepsNoModelOpen() {
    models.renew("texts-0", 0, LONG);
    models.rest();
    translators.replace(PAIR, new PairModels(next), 7);

    assertThat(configured.isClosed()).isTrue();
  }

  @Test
  void modelsThatTheTaskGaveBackAreClosedWhenTheyAreReplaced() {
    models.renew("texts-0", 0, LONG);
    translators.replace(PAIR, new PairModels(next), 7);
    assertThat(configured.isClosed()).isFalse();

    models.end();
    assertThat(configured.isClosed()).isTrue();
    assertThat(models.isOutdated()).isTrue();
  }
}
