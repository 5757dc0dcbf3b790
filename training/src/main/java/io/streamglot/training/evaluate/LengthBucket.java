package io.streamglot.training.evaluate;

import io.streamglot.training.evaluate.Evaluator.Evaluation;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Tokenization;
import java.util.ArrayList;
import java.util.List;

/**
 * BLEU of the sentences whose source has about one length: shows what length costs a model, as
 * figure 2 of Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and
 * Translate".
 *
 * <p>Length counts what stands between white space, so that it means nothing for Chinese sources.
 *
 * @param shortest fewest words of a source, at least 1
 * @param longest most words of a source; {@link Integer#MAX_VALUE} if there is no bound
 * @param sentences number of sentences, at least 1
 * @param bleu corpus BLEU of these sentences alone
 */
public record LengthBucket(int shortest, int longest, int sentences, Bleu.Score bleu) {

  /**
   * Groups and scores. A bucket without sentences is left out, and so is a source without words.
   *
   * @param evaluation the translations
   * @param bounds greatest length of each bucket but the last, which is open, ascending and above
   *     0: 5, 10 makes 1-5, 6-10 and 11+
   * @param bleu how to score
   * @return buckets, from short to long
   * @throws IllegalArgumentException if the bounds do not ascend from above 0
   */
  public static List<LengthBucket> of(Evaluation evaluation, List<Integer> bounds, Bleu bleu) {
    List<LengthBucket> buckets = new ArrayList<>();
    int shortest = 1;
    for (int bound : bounds) {
      if (bound < shortest) {
        throw new IllegalArgumentException(
            "bounds of source length: expected ascending and above 0, actual " + bounds);
      }
      add(buckets, evaluation, shortest, bound, bleu);
      shortest = bound + 1;
    }
    add(buckets, evaluation, shortest, Integer.MAX_VALUE, bleu);
    return List.copyOf(buckets);
  }

  private static void add(
      List<LengthBucket> buckets, Evaluation evaluation, int shortest, int longest, Bleu bleu) {
    List<String> hypotheses = new ArrayList<>();
    List<List<String>> references = new ArrayList<>();
    for (int i = 0; i < evaluation.sentences(); i++) {
      int length = Tokenization.NONE.tokenize(evaluation.sources().get(i)).size();
      if (length >= shortest && length <= longest) {
        hypotheses.add(evaluation.hypotheses().get(i));
        references.add(evaluation.references().get(i));
      }
    }
    if (!hypotheses.isEmpty()) {
      Bleu.Score score = bleu.score(hypotheses, references);
      buckets.add(new LengthBucket(shortest, longest, hypotheses.size(), score));
    }
  }

  /** Such as {@code 6-10} or {@code 26+}. */
  public String label() {
    return longest == Integer.MAX_VALUE ? shortest + "+" : shortest + "-" + longest;
  }
}
