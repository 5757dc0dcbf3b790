package io.streamglot.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * chrF (Popović 2015) as sacreBLEU computes it by default: F-score of character n-grams, white
 * space left out, case kept; with a word order above 0 also of word n-grams (chrF++, Popović 2017).
 *
 * <pre>
 * P, R  = means of n-gram precision and recall over the orders that hypotheses and references have
 * chrF  = 100 * (1 + beta^2) * P * R / (beta^2 * P + R)
 * </pre>
 *
 * <p>Matches and totals are summed over the corpus first. Of several references a sentence is held
 * against the one that gives it the best F-score by itself, the first of equals.
 *
 * <p>Immutable and thread-safe.
 */
public final class Chrf {

  private static final String ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final int characterOrder;
  private final int wordOrder;
  private final int beta;

  /** chrF2: character orders 1 to 6, no words, recall counts twice as much as precision. */
  public Chrf() {
    this(6, 0, 2);
  }

  /**
   * chrF with other orders; 6, 2, 2 is chrF2++.
   *
   * @param characterOrder longest character n-gram, at least 1
   * @param wordOrder longest word n-gram, at least 0
   * @param beta weight of recall, at least 1
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Chrf(int characterOrder, int wordOrder, int beta) {
    if (characterOrder < 1 || wordOrder < 0 || beta < 1) {
      throw new IllegalArgumentException(
          "chrF: expected character order and beta of at least 1 and word order of at least 0,"
              + " actual %d, %d, %d".formatted(characterOrder, beta, wordOrder));
    }
    this.characterOrder = characterOrder;
    this.wordOrder = wordOrder;
    this.beta = beta;
  }

  /** The metric's name in sacreBLEU's form, such as {@code chrF2} or {@code chrF2++}. */
  public String name() {
    return "chrF" + beta + "+".repeat(wordOrder);
  }

  /**
   * Scores a corpus.
   *
   * @param hypotheses translations, at least one; may be empty texts
   * @param references for each hypothesis its references, at least one, and not the same number
   *     everywhere if need be
   * @throws IllegalArgumentException if a hypothesis lacks references
   */
  public Score score(List<String> hypotheses, List<List<String>> references) {
    References.check(hypotheses, references);
    long[][] corpus = new long[characterOrder + wordOrder][3];
    for (int i = 0; i < hypotheses.size(); i++) {
      long[][] sentence = best(hypotheses.get(i), references.get(i));
      for (int order = 0; order < corpus.length; order++) {
        for (int kind = 0; kind < 3; kind++) {
          corpus[order][kind] += sentence[order][kind];
        }
      }
    }
    String signature =
        "nrefs:%s|case:mixed|eff:yes|nc:%d|nw:%d|space:no|%s"
            .formatted(
                References.count(references), characterOrder, wordOrder, References.IMPLEMENTATION);
    return new Score(name(), fScore(corpus), signature);
  }

  /** Counts against the reference that suits the hypothesis best. */
  private long[][] best(String hypothesis, List<String> references) {
    Segment segment = segment(hypothesis);
    long[][] best = null;
    double bestScore = -1;
    for (String reference : references) {
      long[][] counts = counts(segment, segment(reference));
      double score = fScore(counts);
      if (score > bestScore) {
        bestScore = score;
        best = counts;
      }
    }
    return best;
  }

  /** For each order: n-grams of the hypothesis, of the reference, and in both. */
  private long[][] counts(Segment hypothesis, Segment reference) {
    long[][] counts = new long[characterOrder + wordOrder][];
    for (int n = 1; n <= characterOrder; n++) {
      counts[n - 1] = counts(hypothesis.characters(), reference.characters(), n);
    }
    for (int n = 1; n <= wordOrder; n++) {
      counts[characterOrder + n - 1] = counts(hypothesis.words(), reference.words(), n);
    }
    return counts;
  }

  private static <T> long[] counts(List<T> hypothesis, List<T> reference, int order) {
    Map<List<T>, Integer> inReference = Ngrams.count(reference, order);
    int total = Math.max(0, hypothesis.size() - order + 1);
    return new long[] {
      // A reference too short for this order says nothing about the hypothesis.
      inReference.isEmpty() ? 0 : total,
      Math.max(0, reference.size() - order + 1),
      Ngrams.matches(Ngrams.count(hypothesis, order), inReference)
    };
  }

  private double fScore(long[][] counts) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (long[] order : counts) {
      if (order[0] > 0 && order[1] > 0) {
        precision += (double) order[2] / order[0];
        recall += (double) order[2] / order[1];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    double weight = (double) beta * beta;
    double score = 100 * (1 + weight) * precision * recall / (weight * precision + recall) / orders;
    // Rounding could end a hair above.
    return Math.min(100, score);
  }

  private Segment segment(String text) {
    return new Segment(
        Ngrams.characters(text), wordOrder == 0 ? List.of() : separatePunctuation(text));
  }

  /** Cuts one ASCII punctuation mark off a word: the last character, else the first. */
  private static List<String> separatePunctuation(String text) {
    List<String> words = new ArrayList<>();
    for (String word : Ngrams.words(text)) {
      int last = word.length() - 1;
      if (last > 0 && ASCII_PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (last > 0 && ASCII_PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  private record Segment(List<Integer> characters, List<String> words) {}

  /**
   * A score and how it was computed.
   *
   * @param name such as {@code chrF2}
   * @param score 0 to 100
   * @param signature how it was computed, in sacreBLEU's form
   */
  public record Score(String name, double score, String signature) {

    /** One line in sacreBLEU's form. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s = %.2f", name, score);
    }
  }
}
