package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import io.streamglot.app.rollout.BundleName;
import io.streamglot.app.rollout.RolloutEvent;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events replace the models of the program while it is under load. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RolloutTest {

  private static final LanguagePair PAIR = new LanguagePair("en", "fr");
  private static final String MODELS = "translation-models";
  private static final String SHADOW = "translations-shadow";
  private static final String NEXT = "77.0.0";
  private static final int PARTITIONS = 4;
  private static final int MESSAGES = 3_000;
  private static final Pattern SWITCH =
      Pattern.compile("source-text-(\\d+) from offset (\\d+) on: en to fr by en-fr 77\\.0\\.0");

  @TempDir private Path folder;

  private final List<Message> sent = new ArrayList<>();
  private final List<ConsumerRecord<String, byte[]>> received = new ArrayList<>();
  private Broker broker;
  private KafkaConsumer<String, byte[]> translations;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(folder.resolve("broker"), PARTITIONS);
    broker.createTopic(MODELS, 1);
    broker.set(MODELS, "cleanup.policy", "compact");
    broker.createTopic(SHADOW, PARTITIONS);
    translations = broker.committed(Broker.TRANSLATIONS, Broker.FAILURES);
    BundleCopy.ofVersion(NEXT, folder.resolve("bundles/next"));
    BundleCopy.damaged(folder.resolve("bundles/damaged"));
  }

  @AfterEach
  void stop() {
    translations.close();
    broker.close();
  }

  @Test
  void underLoadAndAKillEachPartitionSwitchesOnceAndABadBundleIsRefused() throws Exception {
    send(MESSAGES);
    try (var app = startProgram("one")) {
      receive(200, app);
      serve("damaged", NEXT);
      awaitLog("one", "refused, the models before serve on: bundle damaged: model.onnx", app);
      serve("next", NEXT);
      awaitLog("one", "ready: en to fr: next (77.0.0)", app);
      send(MESSAGES); // a fast machine may be through with the others
      while (received.isEmpty() || !version(received.get(received.size() - 1)).equals(NEXT)) {
        receive(received.size() + 1, app);
      }
      app.kill();
    }
    drain(translations, received);
    send(MESSAGES);
    try (var again = startProgram("two")) {
      receive(received.size() + 200, again);
      serve("damaged", NEXT);
      receive(sent.size(), again);
      awaitLog("two", "refused, the models before serve on: bundle damaged: model.onnx", again);
      again.terminate();
    }

    assertThat(violations()).isEmpty();
    assertThat(versionsByPartition().values())
        .hasSize(PARTITIONS)
        .allSatisfy(versions -> assertThat(versions.keySet().toString()).endsWith(NEXT + "]"))
        .allSatisfy(versions -> assertThat(versions).hasSizeLessThanOrEqualTo(2))
        .anySatisfy(versions -> assertThat(versions).hasSize(2));
    assertThat(switchesLogged()).isEqualTo(switchesSeen());
  }

  @Test
  void aCandidateHasItsShareOfTheConversationsAndAShadowTranslatesAllForItsOwnTopic()
      throws Exception {
    var candidate = new BundleName("next", NEXT, "");
    try (var app = startProgram("one")) {
      publish(
          new RolloutEvent(
              PAIR,
              Optional.empty(),
              Optional.of(new RolloutEvent.Candidate(candidate, 0.5, true))));
      awaitLog("one", "candidate next (77.0.0), share 0.5, shadow", app);
      send(400);
      receive(400, app);
      app.terminate();
    }

    assertThat(violations()).isEmpty();
    Map<String, List<String>> byKey = new HashMap<>();
    for (var record : received) {
      byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(version(record));
    }
    assertThat(byKey.values()).allSatisfy(own -> assertThat(own.stream().distinct()).hasSize(1));
    assertThat(byKey.values().stream().filter(own -> own.contains(NEXT)).count())
        .isBetween(3L, 17L); // of 20 conversations
    try (var shadows = broker.committed(SHADOW)) {
      List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();
      drain(shadows, seen);
      assertThat(messages(seen)).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(seen).allSatisfy(record -> assertThat(version(record)).isEqualTo(NEXT));
    }
  }

  private void send(int count) throws Exception {
    sent.addAll(Conversations.send(broker, sent.size(), count));
  }

  private void serve(String bundle, String version) throws Exception {
    publish(
        new RolloutEvent(PAIR, Optional.of(new BundleName(bundle, version, "")), Optional.empty()));
  }

  private void publish(RolloutEvent event) throws Exception {
    try (var producer = broker.producer()) {
      producer.send(new ProducerRecord<>(MODELS, event.key(), event.value())).get();
    }
  }

  private AppProcess startProgram(String name) throws IOException {
    return AppProcess.startProgram(
        broker,
        folder.resolve(name),
        Map.of(
            "streamglot.topic.models", MODELS,
            "streamglot.topic.shadow", SHADOW,
            "streamglot.rollout.bundles", folder.resolve("bundles").toString()));
  }

  private void receive(int count, AppProcess app) {
    while (received.size() < count) {
      app.requireAlive();
      translations.poll(Duration.ofMillis(20)).forEach(received::add);
    }
  }

  private static void drain(
      KafkaConsumer<String, byte[]> consumer, List<ConsumerRecord<String, byte[]>> seen) {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(20)).forEach(seen::add);
    }
  }

  private List<String> violations() {
    drain(translations, received);
    assertThat(received)
        .allSatisfy(record -> assertThat(record.topic()).isEqualTo(Broker.TRANSLATIONS));
    return DeliveryCheck.violations(sent, messages(received));
  }

  private static List<Message> messages(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(record -> new Message(record.key(), translation(record).getMessageId()))
        .toList();
  }

  private static Translation translation(ConsumerRecord<String, byte[]> record) {
    return AvroSerdes.translation().deserialize(record.topic(), record.value());
  }

  private static String version(ConsumerRecord<String, byte[]> record) {
    return translation(record).getModelVersion();
  }

  /** By partition the versions in runs: a version that came back would be there twice. */
  private Map<Integer, Map<String, String>> versionsByPartition() {
    Map<Integer, Map<String, String>> runs = new TreeMap<>();
    Map<Integer, String> last = new HashMap<>();
    for (var record : received) {
      var version = version(record);
      if (!version.equals(last.put(record.partition(), version))) {
        var own = runs.computeIfAbsent(record.partition(), partition -> new LinkedHashMap<>());
        own.put("%d: %s".formatted(own.size(), version), translation(record).getMessageId());
      }
    }
    return runs;
  }

  /** By partition the offset of the first message that the new model translated. */
  private Map<Integer, Long> switchesSeen() {
    Map<String, Long> offsets = new HashMap<>();
    try (var source = broker.committed(Broker.SOURCE)) {
      List<ConsumerRecord<String, byte[]>> texts = new ArrayList<>();
      drain(source, texts);
      for (var text : texts) {
        var id = AvroSerdes.sourceText().deserialize(text.topic(), text.value()).getMessageId();
        offsets.put(id, text.offset());
      }
    }
    Map<Integer, Long> first = new TreeMap<>();
    for (var record : received) {
      var translation = translation(record);
      if (translation.getModelVersion().equals(NEXT)) {
        first.putIfAbsent(record.partition(), offsets.get(translation.getMessageId()));
      }
    }
    return first;
  }

  /** By partition the last offset that the logs name, for what a kill undid is said again. */
  private Map<Integer, Long> switchesLogged() throws IOException {
    Map<Integer, Long> logged = new TreeMap<>();
    for (var name : List.of("one", "two")) {
      var found = SWITCH.matcher(log(name));
      while (found.find()) {
        logged.put(Integer.valueOf(found.group(1)), Long.valueOf(found.group(2)));
      }
    }
    return logged;
  }

  private void awaitLog(String name, String text, AppProcess app) throws Exception {
    while (!log(name).contains(text)) {
      app.requireAlive();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("log"));
  }
}
