package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** The cache with the models that ship. */
class CacheTest {

  private static final int MESSAGES = 150;
  private static final int SENTENCES = 20;

  private final AtomicInteger hits = new AtomicInteger();

  /** What the cache could mix up: messages, target languages, terms to keep. */
  private record Answer(String id, String target, String text, boolean truncated) {}

  @Test
  void theAnswersAreThoseThatThereAreWithoutTheCache() throws IOException {
    var translators = new ArrayList<Translator>();
    for (var model : List.of("en-fr", "en-de")) {
      translators.add(
          BundleTranslator.open(
              ModelBundle.open(Path.of("../models", model)), new DecoderSettings(1)));
    }
    var texts = texts();
    try (var models = new Translators(translators)) {
      var decoded = answers(models, 0, texts);
      assertThat(hits).hasValue(0);
      var cached = answers(models, TopologySettings.defaults().cacheMaxBytes(), texts);

      assertThat(decoded).hasSizeGreaterThan(MESSAGES);
      assertThat(hits).hasValueGreaterThan(MESSAGES / 2);
      assertThat(cached).hasSameSizeAs(decoded);
      // Products in integers may turn a close decision by what else is in the batch: decision 10.
      // A sentence that has one comes several times.
      var others =
          IntStream.range(0, decoded.size())
              .filter(i -> !cached.get(i).equals(decoded.get(i)))
              .mapToObj(
                  i -> texts.get(Integer.parseInt(decoded.get(i).id().substring(1))).getText())
              .distinct()
              .count();
      assertThat(others).isLessThanOrEqualTo(SENTENCES / 10);
    }
  }

  /** Few sentences, often; into one language or both; at times with their last word to keep. */
  private static List<SourceText> texts() throws IOException {
    var sentences =
        Files.readAllLines(Path.of("../translator/src/test/resources/sentences/en.txt"))
            .subList(0, SENTENCES);
    var random = new Random(6);
    var texts = new ArrayList<SourceText>();
    for (int i = 0; i < MESSAGES; i++) {
      var sentence = sentences.get(random.nextInt(sentences.size()));
      var lastWord = sentence.substring(sentence.lastIndexOf(' ') + 1, sentence.length() - 1);
      texts.add(
          new SourceText(
              "m" + i,
              sentence,
              "en",
              List.of(List.of("fr"), List.of("de"), List.of("de", "fr")).get(random.nextInt(3)),
              Instant.EPOCH,
              Map.of(),
              random.nextInt(4) == 0 ? List.of(lastWord) : List.of()));
    }
    return texts;
  }

  private List<Answer> answers(Translators models, int cacheMaxBytes, List<SourceText> texts) {
    var settings = TopologySettings.defaults().withCacheMaxBytes(cacheMaxBytes);
    var listener =
        new TopologyListener() {
          @Override
          public void cacheLookedUp(boolean hit) {
            hits.addAndGet(hit ? 1 : 0);
          }
        };
    try (var driver =
        new TopologyTestDriver(
            TranslationTopology.build(
                settings,
                models,
                new Router(models.pairs(), LanguageSettings.defaults()),
                listener),
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")))) {
      var in =
          driver.createInputTopic(
              settings.sourceTopic(), new StringSerializer(), AvroSerdes.sourceText().serializer());
      for (int i = 0; i < texts.size(); i++) {
        in.pipeInput("room", texts.get(i));
        if (i % 20 == 0) {
          driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
      }
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      return driver
          .createOutputTopic(
              settings.translationsTopic(),
              new StringDeserializer(),
              AvroSerdes.translation().deserializer())
          .readValuesToList()
          .stream()
          .map(
              translation ->
                  new Answer(
                      translation.getMessageId(),
                      translation.getTargetLanguage(),
                      translation.getText(),
                      translation.getTruncated()))
          .toList();
    }
  }
}
