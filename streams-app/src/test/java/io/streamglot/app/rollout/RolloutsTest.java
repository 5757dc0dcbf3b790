package io.streamglot.app.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.BundleCopy;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bundles, whose models are not loaded: it is about which of them would serve. */
class RolloutsTest {

  private static final LanguagePair PAIR = new LanguagePair("en", "fr");
  private static final TopicPartition EVENTS = new TopicPartition("models", 0);
  private static final String DAMAGED = "{\"bundle\": \"damaged\", \"version\": \"1.0\"}";

  @TempDir private Path folder;
  private ModelBundle configured;
  private Translators translators;
  private Rollouts rollouts;

  private final List<Loaded> loaded = new ArrayList<>();
  private final BlockingQueue<Boolean> heard = new LinkedBlockingQueue<>();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private long end;

  @BeforeEach
  void publish() throws Exception {
    configured = ModelBundle.open(BundleCopy.ofVersion("1.0", folder.resolve("configured")));
    BundleCopy.ofVersion("2.0", folder.resolve("two"));
    BundleCopy.damaged(folder.resolve("damaged"));
    translators = new Translators(List.of(load(configured)));
    var node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        EVENTS.topic(), List.of(new PartitionInfo(EVENTS.topic(), 0, node, null, null)));
    consumer.updateBeginningOffsets(Map.of(EVENTS, 0L));
  }

  @AfterEach
  void close() {
    rollouts.close();
    translators.close();
  }

  @Test
  void theConfiguredModelIsLoadedAgainWhereAnEventGoesBackToIt() throws InterruptedException {
    start();
    assertThat(followed(serving("two", "2.0"))).isTrue();
    assertThat(serving()).isEqualTo("2.0");

    assertThat(followed(null)).isTrue();

    assertThat(serving()).isEqualTo("1.0");
    assertThat(loaded).extracting(Loaded::toString).containsExactly("1.0", "2.0", "1.0");
    assertThat(loaded).extracting(model -> model.closed).containsExactly(true, true, false);
  }

  @Test
  void theConfiguredModelIsRefusedWhereItsFolderHasAnotherByNow() throws Exception {
    start();
    assertThat(followed(serving("two", "2.0"))).isTrue();
    deleteAll(folder.resolve("configured"));
    BundleCopy.ofVersion("9.0", folder.resolve("configured"));

    assertThat(followed(null)).isFalse();

    assertThat(serving()).isEqualTo("2.0");
  }

  @Test
  void aCandidateThatIsPromotedIsNotLoadedAgain() throws InterruptedException {
    start();
    assertThat(
            followed(
                "{\"candidate\": {\"bundle\": \"two\", \"version\": \"2.0\", \"share\": 0.5}}"))
        .isTrue();
    assertThat(serving()).isEqualTo("1.0");

    assertThat(followed(serving("two", "2.0"))).isTrue();

    assertThat(serving()).isEqualTo("2.0");
    assertThat(loaded).extracting(Loaded::toString).containsExactly("1.0", "2.0");
    assertThat(loaded).extracting(model -> model.closed).containsExactly(true, false);
  }

  @Test
  void aStartFollowsTheNewestEventThatItCan() throws InterruptedException {
    start(serving("two", "2.0"), DAMAGED);

    assertThat(heard).containsExactly(false, true);
    assertThat(serving()).isEqualTo("2.0");
    assertThat(followed(null)).isTrue();
    assertThat(serving()).isEqualTo("1.0");
  }

  @Test
  void anEventThatIsRefusedChangesNothingAndTheNextIsFollowed() throws InterruptedException {
    start();

    assertThat(followed(DAMAGED)).isFalse();
    assertThat(followed(serving("two", "3.0"))).isFalse();
    assertThat(followed(serving("../two", "2.0"))).isFalse();
    assertThat(followed("no JSON")).isFalse();
    assertThat(serving()).isEqualTo("1.0");

    assertThat(followed(serving("two", "2.0"))).isTrue();
    assertThat(serving()).isEqualTo("2.0");
  }

  /** With the events that are there already. */
  private void start(String... events) {
    consumer.updateEndOffsets(Map.of(EVENTS, (long) events.length));
    consumer.schedulePollTask(() -> List.of(events).forEach(this::add));
    rollouts =
        Rollouts.start(
            new ModelsTopic(consumer, EVENTS.topic()),
            new BundleFolder(folder, this::load),
            List.of(configured),
            translators,
            false,
            Duration.ofSeconds(10),
            new TopologyListener() {
              @Override
              public void rolloutHeard(boolean followed) {
                heard.add(followed);
              }
            });
  }

  /** Whether an event that comes now is followed; null for one without a value. */
  private boolean followed(String event) throws InterruptedException {
    heard.clear();
    consumer.schedulePollTask(() -> add(event));
    return Boolean.TRUE.equals(heard.poll(30, TimeUnit.SECONDS));
  }

  private void add(String event) {
    consumer.addRecord(new ConsumerRecord<>(EVENTS.topic(), 0, end++, utf8("en:fr"), utf8(event)));
  }

  private String serving() {
    return translators.models(PAIR).serving().manifest().version();
  }

  private Translator load(ModelBundle bundle) {
    var model = new Loaded(bundle.manifest());
    loaded.add(model);
    return model;
  }

  private static String serving(String bundle, String version) {
    return "{\"bundle\": \"%s\", \"version\": \"%s\"}".formatted(bundle, version);
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void deleteAll(Path bundle) throws Exception {
    try (var files = Files.list(bundle)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** A model that was loaded, and whether it was closed. */
  private static final class Loaded implements Translator {

    private final BundleManifest manifest;
    private volatile boolean closed;

    private Loaded(BundleManifest manifest) {
      this.manifest = manifest;
    }

    @Override
    public BundleManifest manifest() {
      return manifest;
    }

    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String toString() {
      return manifest.version();
    }
  }
}
