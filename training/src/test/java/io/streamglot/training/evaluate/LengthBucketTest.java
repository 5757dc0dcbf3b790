package io.streamglot.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Chrf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthBucketTest {

  private static final Bleu BLEU = new Bleu();

  private static final List<String> SOURCES =
      List.of(
          "one two three four five",
          "one two three four five six",
          "one",
          "one two three four five six seven eight nine ten eleven",
          "  one two\u00a0three   four five six seven eight nine ten ");
  private static final List<String> HYPOTHESES =
      List.of(
          "The dog bit the man today.",
          "It was not surprising at all.",
          "Yes, I do.",
          "The man had just bitten him when the dog came.",
          "There is a cat on the mat in the hall.");
  private static final List<List<String>> REFERENCES =
      List.of(
          List.of("The dog bit the man.", "Today the dog bit the man."),
          List.of("It was not unexpected at all."),
          List.of("Yes, I do."),
          List.of("The man had bitten him when the dog arrived."),
          List.of("A cat is on the mat in the hall."));

  private static final Evaluation EVALUATION = evaluation(SOURCES, HYPOTHESES, REFERENCES);

  @Test
  void eachBucketIsScoredLikeACorpusOfItsOwn() {
    List<LengthBucket> buckets = LengthBucket.of(EVALUATION, List.of(5, 10), BLEU);

    assertThat(buckets)
        .containsExactly(
            new LengthBucket(1, 5, 2, scoreOf(0, 2)),
            new LengthBucket(6, 10, 2, scoreOf(1, 4)),
            new LengthBucket(11, Integer.MAX_VALUE, 1, scoreOf(3)));
    assertThat(buckets).extracting(LengthBucket::label).containsExactly("1-5", "6-10", "11+");
    assertThat(buckets).extracting(bucket -> bucket.bleu().score()).doesNotHaveDuplicates();
  }

  @Test
  void withoutBoundsOneBucketHoldsEverySentence() {
    assertThat(LengthBucket.of(EVALUATION, List.of(), BLEU))
        .containsExactly(new LengthBucket(1, Integer.MAX_VALUE, 5, EVALUATION.bleu()));
  }

  @Test
  void bucketsWithoutSentencesAndSourcesWithoutWordsAreLeftOut() {
    Evaluation evaluation =
        evaluation(
            List.of("one two three", " "), HYPOTHESES.subList(0, 2), REFERENCES.subList(0, 2));

    assertThat(LengthBucket.of(evaluation, List.of(2, 4, 6), BLEU))
        .containsExactly(new LengthBucket(3, 4, 1, scoreOf(0)));
  }

  @Test
  void boundsThatDoNotAscendAreRefused() {
    assertThatThrownBy(() -> LengthBucket.of(EVALUATION, List.of(5, 5), BLEU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bounds of source length: expected ascending and above 0, actual [5, 5]");
    assertThatThrownBy(() -> LengthBucket.of(EVALUATION, List.of(0, 5), BLEU))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Evaluation evaluation(
      List<String> sources, List<String> hypotheses, List<List<String>> references) {
    return new Evaluation(
        BLEU.score(hypotheses, references),
        new Chrf().score(hypotheses, references),
        sources,
        hypotheses,
        references);
  }

  private static Bleu.Score scoreOf(int... sentences) {
    List<String> hypotheses = new ArrayList<>();
    List<List<String>> references = new ArrayList<>();
    for (int sentence : sentences) {
      hypotheses.add(HYPOTHESES.get(sentence));
      references.add(REFERENCES.get(sentence));
    }
    return BLEU.score(hypotheses, references);
  }
}
