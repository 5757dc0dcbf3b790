package io.streamglot.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Tokenization;
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
            "fr",
            Map.of(
                "Where is it?", "Où est-il donc maintenant ?",
                "I see the red car.", "Je vois la voiture rouge."));

    Evaluator.Evaluation evaluation =
        new Evaluator(translator, OPTIONS, new Bleu()).evaluate(CORPUS);

    assertThat(evaluation.sources()).containsExactly("Where is it?", "I see the red car.");
    assertThat(evaluation.hypotheses())
        .containsExactly("Où est-il donc maintenant ?", "Je vois la voiture rouge.");
    assertThat(evaluation.references())
        .containsExactly(
            List.of("Où est-ce que c'est ?", "Où est-il donc maintenant ?"),
            List.of("Je vois la voiture rouge."));
    assertThat(evaluation.sentences()).isEqualTo(2);
    assertThat(evaluation.bleu().score()).isEqualTo(100);
    assertThat(evaluation.bleu().signature()).startsWith("nrefs:var|case:mixed|eff:no|tok:13a|");
    assertThat(evaluation.chrf().score()).isEqualTo(100);
  }

  @Test
  void aWrongTranslationLowersBothScores() {
    PhraseBook translator =
        new PhraseBook(
            "fr",
            Map.of(
                "Where is it?", "Je vois la voiture rouge.",
                "I see the red car.", "Je vois la voiture rouge."));

    Evaluator.Evaluation evaluation =
        new Evaluator(translator, OPTIONS, new Bleu()).evaluate(CORPUS);

    assertThat(evaluation.bleu().score()).isBetween(30.0, 70.0);
    assertThat(evaluation.chrf().score()).isBetween(30.0, 70.0);
  }

  @Test
  void scoresAsTold() {
    PhraseBook translator =
        new PhraseBook(
            "fr",
            Map.of(
                "Where is it?", "OÙ EST-IL DONC MAINTENANT ?",
                "I see the red car.", "JE VOIS LA VOITURE ROUGE."));
    Bleu ignoringCase = new Bleu(Tokenization.V13A, true, false);

    Evaluator.Evaluation evaluation =
        new Evaluator(translator, OPTIONS, ignoringCase).evaluate(CORPUS);

    assertThat(evaluation.bleu().score()).isEqualTo(100);
    assertThat(evaluation.bleu().signature()).contains("|case:lc|");
  }

  /** One character of ten is wrong; 13a would see one wrong word and nothing else. */
  @Test
  void chineseIsScoredByCharacterUnlessToldOtherwise() {
    String source = "We went to the park yesterday.";
    ParallelCorpus corpus =
        new ParallelCorpus("dev", List.of(new SentencePair(source, "我们昨天去公园散步了")));
    PhraseBook translator = new PhraseBook("zh-CN", Map.of(source, "我们昨天去公园散步吧"));

    Bleu.Score score = new Evaluator(translator).evaluate(corpus).bleu();

    assertThat(score.signature()).contains("|tok:zh|");
    assertThat(score.precisions().get(0)).isEqualTo(90);
  }

  @Test
  void anEmptyCorpusIsRefused() {
    Evaluator evaluator = new Evaluator(new PhraseBook("fr", Map.of()));

    assertThatThrownBy(() -> evaluator.evaluate(new ParallelCorpus("dev.tsv", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dev.tsv: pairs to evaluate: expected at least 1, actual 0");
  }

  private record PhraseBook(String targetLanguage, Map<String, String> phrases)
      implements Translator {

    @Override
    public BundleManifest manifest() {
      return new BundleManifest(
          1,
          "phrases",
          "1.0.0",
          "en",
          targetLanguage,
          Map.of(),
          new BundleManifest.Limits(4, 8, 2, 3, 0),
          OPTIONS,
          Map.of(),
          Map.of(),
          List.of(),
          "CC0-1.0");
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
