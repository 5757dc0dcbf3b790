package io.streamglot.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Grouping and scoring; translation by a phrase book, so that the expected scores are known. */
class EvaluatorTest {

  private static final SearchOptions OPTIONS = new SearchOptions(1, 1, 1, 2, 10);

  private static final ParallelCorpus CORPUS =
      new ParallelCorpus(
          "dev",
          List.of(
              new SentencePair("Where is it?", "Où est-ce que c'est ?"),
              new SentencePair("I see the red car.", "Je vois la voiture rouge."),
              new SentencePair("Where is it?", "Où est-il donc maintenant ?")));

  @Test
  void eachSourceIsTranslatedOnceAndHeldAgainstAllItsReferences() {
    PhraseBook translator =
        new PhraseBook(
            Map.of(
                "Where is it?", "Où est-il donc maintenant ?",
                "I see the red car.", "Je vois la voiture rouge."));

    Evaluator.Evaluation evaluation = new Evaluator(translator, OPTIONS).evaluate(CORPUS);

    assertThat(evaluation.sources()).containsExactly("Where is it?", "I see the red car.");
    assertThat(evaluation.hypotheses())
        .containsExactly("Où est-il donc maintenant ?", "Je vois la voiture rouge.");
    assertThat(evaluation.sentences()).isEqualTo(2);
    assertThat(evaluation.bleu().score()).isEqualTo(100);
    assertThat(evaluation.bleu().signature()).startsWith("nrefs:var|case:mixed|eff:no|tok:13a|");
    assertThat(evaluation.chrf().score()).isEqualTo(100);
  }

  @Test
  void aWrongTranslationLowersBothScores() {
    PhraseBook translator =
        new PhraseBook(
            Map.of(
                "Where is it?", "Je vois la voiture rouge.",
                "I see the red car.", "Je vois la voiture rouge."));

    Evaluator.Evaluation evaluation = new Evaluator(translator, OPTIONS).evaluate(CORPUS);

    assertThat(evaluation.bleu().score()).isBetween(30.0, 70.0);
    assertThat(evaluation.chrf().score()).isBetween(30.0, 70.0);
  }

  @Test
  void anEmptyCorpusIsRefused() {
    Evaluator evaluator = new Evaluator(new PhraseBook(Map.of()), OPTIONS);

    assertThatThrownBy(() -> evaluator.evaluate(new ParallelCorpus("dev.tsv", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dev.tsv: pairs to evaluate: expected at least 1, actual 0");
  }

  private record PhraseBook(Map<String, String> phrases) implements Translator {

    @Override
    public BundleManifest manifest() {
      throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public List<Translation> translate(List<String> texts, SearchOptions options) {
      assertThat(options).isEqualTo(OPTIONS);
      return texts.stream()
          .map(text -> new Translation(phrases.get(text), -1, List.of(), false))
          .toList();
    }

    @Override
    public void close() {}
  }
}
