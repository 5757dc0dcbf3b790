package io.streamglot.training;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.export.ParityException;
import io.streamglot.training.recipe.Recipe;
import io.streamglot.training.recipe.RecipeDraft;
import io.streamglot.training.recipe.Setting;
import io.streamglot.training.train.TrainingListener;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translation;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Placeholders;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A language that says the words of another backwards. A sentence that is translated in pieces,
 * because a span was lost, keeps what is left of the span left of it.
 */
class LearnsPlaceholdersTest {

  private static final List<String> WORDS = List.of("ba", "do", "ki", "lu", "me", "na", "po", "ru");
  private static final List<String> NAMES = List.of("Tom", "Ann", "Max", "7", "Eve");
  private static final List<String> SPANS =
      List.of("@tom", "{0}", "%s", "\uD83D\uDE42", "`a b`", "https://example.org/a", "{{name}}");

  private static final int PLACEHOLDERS = 2;
  private static final int PAIRS = 2500;

  @TempDir private static Path folder;
  private static ModelBundle bundle;

  @BeforeAll
  static void train() throws IOException, ParityException {
    Random random = new Random(1);
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      List<String> names = new ArrayList<>(NAMES);
      Collections.shuffle(names, random);
      List<String> words = sentence(names.subList(0, random.nextInt(3)), random);
      pairs.add(new SentencePair(written(words), written(reversed(words))));
    }
    TrainingPlan plan =
        new TrainingPlan(
            recipe(),
            new ParallelCorpus("train", pairs.subList(100, PAIRS)),
            new ParallelCorpus("dev", pairs.subList(0, 100)),
            folder.resolve("run"),
            folder.resolve("bundle"));
    bundle = TrainingRun.run(plan, TrainingListener.all(), line -> {}).bundle();
  }

  @Test
  void theVocabularyHasThePlaceholdersOfTheRecipe() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile())) {
      assertThat(Placeholders.of(tokenizer).count()).isEqualTo(PLACEHOLDERS);
    }
  }

  @Test
  void spansFindTheirPlacesInTheTranslation() throws IOException {
    Random random = new Random(2);
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<String> spans = new ArrayList<>(SPANS);
      Collections.shuffle(spans, random);
      List<String> words = sentence(spans.subList(0, 1 + i % PLACEHOLDERS), random);
      sources.add(written(words));
      targets.add(written(reversed(words)));
    }

    List<String> found = translate(sources);
    long right = IntStream.range(0, 40).filter(i -> found.get(i).equals(targets.get(i))).count();
    assertThat(right).as("of 40; in pieces none would be right").isGreaterThanOrEqualTo(30);
  }

  private static List<String> translate(List<String> texts) throws IOException {
    try (BundleTranslator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      return translator.translate(texts, bundle.manifest().search()).stream()
          .map(Translation::text)
          .toList();
    }
  }

  /** Two to four words, and these anywhere between the first and the last of them. */
  private static List<String> sentence(List<String> between, Random random) {
    List<String> words = new ArrayList<>(WORDS);
    Collections.shuffle(words, random);
    List<String> sentence = new ArrayList<>(words.subList(0, 2 + random.nextInt(3)));
    for (String each : between) {
      sentence.add(1 + random.nextInt(sentence.size() - 1), each);
    }
    return sentence;
  }

  private static List<String> reversed(List<String> words) {
    List<String> reversed = new ArrayList<>(words);
    Collections.reverse(reversed);
    return reversed;
  }

  private static String written(List<String> words) {
    String text = words.stream().collect(joining(" ", "", "."));
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static Recipe recipe() throws IOException {
    RecipeDraft draft = RecipeDraft.defaults();
    Map.ofEntries(
            Map.entry(Setting.NAME, "backwards"),
            Map.entry(Setting.SOURCE, "en"),
            Map.entry(Setting.TARGET, "fr"),
            Map.entry(Setting.TRAIN, "train"),
            Map.entry(Setting.DEV, "dev"),
            Map.entry(Setting.VOCABULARY, "400"),
            Map.entry(Setting.PLACEHOLDERS, Integer.toString(PLACEHOLDERS)),
            Map.entry(Setting.PLACEHOLDER_SHARE, "0.8"),
            Map.entry(Setting.EMBEDDING, "48"),
            Map.entry(Setting.ENCODER_SIZE, "32"),
            Map.entry(Setting.DECODER_SIZE, "64"),
            Map.entry(Setting.ATTENTION, "32"),
            Map.entry(Setting.EPOCHS, "16"),
            Map.entry(Setting.BATCH_TOKENS, "200"),
            Map.entry(Setting.LEARNING_RATE, "0.01"),
            Map.entry(Setting.WARMUP, "20"),
            Map.entry(Setting.EMBEDDING_DROPOUT, "0"),
            Map.entry(Setting.CONTEXT_DROPOUT, "0"),
            Map.entry(Setting.OUTPUT_DROPOUT, "0"),
            Map.entry(Setting.LABEL_SMOOTHING, "0"),
            Map.entry(Setting.VALIDATE_EVERY, "10000"),
            Map.entry(Setting.SHORTLIST_FREQUENT, "4"),
            Map.entry(Setting.SHORTLIST_TRANSLATIONS, "4"))
        .forEach((setting, text) -> draft.set(setting, List.of(text), setting.flag()));
    return draft.finish();
  }
}
