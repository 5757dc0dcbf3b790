package io.streamglot.app.cli;

import static io.streamglot.schemas.FailureReason.SOURCE_LANGUAGE_NOT_DETERMINED;
import static io.streamglot.schemas.FailureReason.UNSUPPORTED_LANGUAGE_PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.LanguagePair;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Both models that ship, a topic for each language, and texts with and without a language. */
class RoutingTest extends OnATopicsBroker {
  private static final Path MODELS = Path.of("..", "models");
  private static final String ENGLISH = "Where is the station?";
  private static final String GERMAN = "Wo ist der Bahnhof?";

  private String name;
  private DeadLetters clients;

  @BeforeEach
  void nameTopicsByLanguage(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    topics = new AppTopics(name + "-source", List.of(name + "-{language}"), name + "-failed");
    clients = new DeadLetters(broker, topics);
  }

  @Test
  void textsGoToTheTopicsOfTheirLanguagesInOrderAndTheRestToTheFailures(@TempDir Path folder)
      throws Exception {
    createTopics();
    try (Translators translators = translators()) {
      StreamsRunner app = broker.startApp(topics, translators, folder, Map.of());
      send("m1", "I love you.", "en", "fr", "de");
      send("m2", ENGLISH, null, "fr-CA", "de-AT", "en-GB");
      send("m3", GERMAN, null, "de", "fr");
      send("m4", "Je t'aime.", "fr", "en", "zh");
      send("m5", "The colour of money.", "en-GB", "en");
      send("m6", "12345", null, "fr");
      send("m7", "I love you.", "en-US", "fr", "DE");
      send("m8", "Где вокзал?", null, "fr");
      clients.await(topic("fr"), 4);
      clients.await(topic("de"), 4);
      clients.await(topic("en"), 2);
      clients.await(topics.failures(), 4);
      assertThat(app.failed()).isFalse();

      assertThat(translations("fr"))
          .extracting(
              Translation::getMessageId,
              Translation::getSourceLanguage,
              Translation::getTargetLanguage,
              Translation::getText,
              Translation::getModelName)
          .containsExactly(
              tuple("m1", "en", "fr", translated(translators, "fr", "I love you."), "en-fr"),
              tuple("m2", "en", "fr-CA", translated(translators, "fr", ENGLISH), "en-fr"),
              tuple("m6", "en", "fr", translated(translators, "fr", "12345"), "en-fr"),
              tuple("m7", "en-US", "fr", translated(translators, "fr", "I love you."), "en-fr"));
      assertThat(translations("de"))
          .extracting(
              Translation::getMessageId,
              Translation::getSourceLanguage,
              Translation::getTargetLanguage,
              Translation::getText,
              Translation::getModelName)
          .containsExactly(
              tuple("m1", "en", "de", translated(translators, "de", "I love you."), "en-de"),
              tuple("m2", "en", "de-AT", translated(translators, "de", ENGLISH), "en-de"),
              tuple("m3", "de", "de", GERMAN, "none"),
              tuple("m7", "en-US", "de", translated(translators, "de", "I love you."), "en-de"));
      assertThat(translations("en"))
          .extracting(
              Translation::getMessageId,
              Translation::getTargetLanguage,
              Translation::getText,
              Translation::getModelName,
              Translation::getModelVersion)
          .containsExactly(
              tuple("m2", "en-GB", ENGLISH, "none", ""),
              tuple("m5", "en", "The colour of money.", "none", ""));
      assertThat(failures())
          .extracting(
              TranslationFailure::getMessageId,
              TranslationFailure::getTargetLanguage,
              TranslationFailure::getReason)
          .containsExactly(
              tuple("m3", "fr", UNSUPPORTED_LANGUAGE_PAIR),
              tuple("m4", "en", UNSUPPORTED_LANGUAGE_PAIR),
              tuple("m4", "zh", UNSUPPORTED_LANGUAGE_PAIR),
              tuple("m8", "fr", SOURCE_LANGUAGE_NOT_DETERMINED));
      assertThat(command("retry", "--dry-run").outLines()).startsWith("would be retried: 4");
      app.close();
    }
  }

  @Test
  void wrongPairsInAnyNumberEachGetTheirOutcomeAndStopNothing(@TempDir Path folder)
      throws Exception {
    createTopics();
    Random random = new Random(6);
    List<String> tags = List.of("en", "fr", "de", "en-GB", "zh", "tlh", "", "x-y", "en_US", "😀");
    List<String> texts = List.of("lol", "ok 👍", "12345", GERMAN, ENGLISH, "", "\uD800", "你好");
    int outcomes = 0;
    try (StreamsRunner app = broker.startApp(topics, translators(), folder, Map.of())) {
      for (int i = 0; i < 100; i++) {
        List<String> targets =
            random.ints(3, 0, tags.size()).mapToObj(tags::get).distinct().toList();
        outcomes += (int) targets.stream().filter(tag -> !tag.isEmpty()).count();
        send(
            "m" + i,
            texts.get(random.nextInt(texts.size())),
            random.nextInt(3) == 0 ? null : tags.get(random.nextInt(tags.size())),
            targets.toArray(String[]::new));
      }
      send("last", "", "en", "zh");
      clients.await(topics.failures(), RoutingTest::isLast);
      assertThat(app.failed()).isFalse();
    }
    long seen =
        Stream.of("en", "fr", "de").mapToLong(language -> translations(language).size()).sum()
            + failures().size();
    assertThat(seen).isEqualTo(outcomes + 1);
    assertThat(failures())
        .extracting(TranslationFailure::getReason)
        .containsOnly(UNSUPPORTED_LANGUAGE_PAIR, SOURCE_LANGUAGE_NOT_DETERMINED);
  }

  @Test
  void aTopicOfALanguageThatIsMissingIsNamedAtTheStart() throws Exception {
    broker.create(topics.source(), Map.of());
    broker.create(topic("fr"), Map.of());
    broker.create(topics.failures(), Map.of());

    CommandLineRun run = command("run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("missing [" + topic("de") + ", " + topic("en") + "]");
  }

  @Test
  void aTopicOfALanguageMayNotBeTheSource() throws Exception {
    topics = new AppTopics(name + "-fr", List.of(name + "-{language}"), name + "-failed");

    for (String command : List.of("run", "topics create")) {
      CommandLineRun run = command(command.split(" ", -1));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errLines())
          .singleElement()
          .asString()
          .contains("streamglot.topic.translations: expected names of different topics");
    }
  }

  @Test
  void configuredLanguagesThatNoModelKnowsAreRefusedAtTheStartALineEach() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            new byte[0],
            Map.of("STREAMGLOT_LANGUAGE_DEFAULT", "zh", "STREAMGLOT_LANGUAGE_TARGETS", "fr-CA,es"),
            "run",
            "--config",
            broker.config(topics, MODELS.toString()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "streamglot run: streamglot.language.default: expected a language that the models read"
                + " or write, one of [en, de, fr], actual 'zh'",
            "streamglot run: streamglot.language.targets: expected a language that the models read"
                + " or write, one of [en, de, fr], actual 'es'");
  }

  private void createTopics() throws Exception {
    CommandLineRun run = command("topics", "create", "--partitions", "1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines())
        .extracting(line -> line.replaceFirst(": partitions.*", ""))
        .containsExactly(
            topics.source() + ": created",
            topic("en") + ": created",
            topic("de") + ": created",
            topic("fr") + ": created",
            topics.failures() + ": created");
  }

  private CommandLineRun command(String... command) throws Exception {
    String config = broker.config(topics, MODELS.toString());
    return CommandLineRun.of(
        "",
        Stream.concat(Stream.of(command), Stream.of("--config", config)).toArray(String[]::new));
  }

  /** Each loaded by its first text. */
  private static Translators translators() {
    return Models.translators(
        Models.bundles(List.of(MODELS)), new DecoderSettings(1), true, line -> {});
  }

  private void send(String id, String text, String source, String... targets) throws Exception {
    SourceText record =
        new SourceText(id, text, source, List.of(targets), Instant.now(), Map.of(), List.of());
    clients.send(
        new ProducerRecord<>(
            topics.source(), DeadLetters.KEY, AvroSerdes.sourceText().serialize(null, record)));
  }

  private String topic(String language) {
    return name + "-" + language;
  }

  private List<Translation> translations(String language) {
    return clients.committed(topic(language)).stream()
        .map(record -> AvroSerdes.translation().deserialize(null, record.value()))
        .toList();
  }

  private List<TranslationFailure> failures() {
    return clients.committed(topics.failures()).stream()
        .map(record -> AvroSerdes.translationFailure().deserialize(null, record.value()))
        .toList();
  }

  private static boolean isLast(byte[] failure) {
    return AvroSerdes.translationFailure().deserialize(null, failure).getMessageId().equals("last");
  }

  private static String translated(Translators translators, String target, String text) {
    return translators
        .models(new LanguagePair("en", target))
        .serving()
        .translate(List.of(text))
        .get(0)
        .text();
  }
}
