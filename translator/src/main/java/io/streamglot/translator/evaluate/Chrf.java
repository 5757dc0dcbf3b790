package io.streamglot.translator.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
public final class Chrf implements CorpusMetric {

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
    long[] sums = new long[places()];
    for (int i = 0; i < hypotheses.size(); i++) {
      CorpusMetric.add(sums, counts(hypotheses.get(i), references.get(i)));
    }
    return new Score(name(), score(sums), signature(References.count(references)));
  }

  /** {@inheritDoc} */
  @Override
  public String signature(String references) {
    return "nrefs:%s|case:mixed|eff:yes|nc:%d|nw:%d|space:no|%s"
        .formatted(references, characterOrder, wordOrder, References.IMPLEMENTATION);
  }

  /**
   * The score of one sentence.
   *
   * @param hypothesis translation; may be empty
   * @param references at least one
   * @return 0 to 100
   * @throws IllegalArgumentException if there is no reference
   */
  public double score(String hypothesis, List<String> references) {
    return score(Arrays.stream(counts(hypothesis, references)).asLongStream().toArray());
  }

  /** {@inheritDoc} Those against the reference that suits the hypothesis best. */
  @Override
  public int[] counts(String hypothesis, List<String> references) {
    References.checkAny(references);
    Segment segment = segment(hypothesis);
    int[] best = null;
    double bestScore = -1;
    for (String reference : references) {
      int[] counts = counts(segment, segment(reference));
      double score = score(Arrays.stream(counts).asLongStream().toArray());
      if (score > bestScore) {
        bestScore = score;
        best = counts;
      }
    }
    return best;
  }

  /** Places in the counts: for each order n-grams of the hypothesis, of the reference, in both. */
  private int places() {
    return 3 * (characterOrder + wordOrder);
  }

  private int[] counts(Segment hypothesis, Segment reference) {
    int[] counts = new int[places()];
    for (int n = 1; n <= characterOrder; n++) {
      count(hypothesis.characters(), reference.characters(), n, counts, 3 * (n - 1));
    }
    for (int n = 1; n <= wordOrder; n++) {
      int place = 3 * (characterOrder + n - 1);
      count(hypothesis.words(), reference.words(), n, counts, place);
    }
    return counts;
  }

  private static <T> void count(
      List<T> hypothesis, List<T> reference, int order, int[] counts, int place) {
    int inReference = Math.max(0, reference.size() - order + 1);
    // A reference too short for this order says nothing about the hypothesis.
    counts[place] = inReference == 0 ? 0 : Math.max(0, hypothesis.size() - order + 1);
    counts[place + 1] = inReference;
    // Where nothing changed, n-grams need not be looked up to know that all match.
    counts[place + 2] =
        hypothesis.equals(reference)
            ? inReference
            : Ngrams.matches(Ngrams.count(hypothesis, order), Ngrams.count(reference, order));
  }

  /** {@inheritDoc} */
  @Override
  public double score(long[] sums) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int place = 0; place < sums.length; place += 3) {
      if (sums[place] > 0 && sums[place + 1] > 0) {
        precision += (double) sums[place + 2] / sums[place];
        recall += (double) sums[place + 2] / sums[place + 1];
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
