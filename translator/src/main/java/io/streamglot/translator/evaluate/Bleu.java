package io.streamglot.translator.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Corpus BLEU (Papineni et al. 2002) as sacreBLEU computes it: orders 1 to 4, exponential
 * smoothing.
 *
 * <pre>
 * BLEU = 100 * BP * (p1 * p2 * p3 * p4)^(1/4)
 * p_n  = n-grams of all hypotheses found in a reference / n-grams of all hypotheses
 * BP   = 1 if c &gt;= r, else exp(1 - r/c)
 * </pre>
 *
 * <p>An n-gram matches at most as often as the reference that has it most often. {@code c} is the
 * length of all hypotheses in words, {@code r} sums over the sentences the length of the reference
 * closest to the hypothesis, the shorter of two as close. Of the orders without a match the k-th
 * counts as 1/2^k matches; with no match at all, or no n-gram of some order, BLEU is 0.
 *
 * @param tokenization how text is cut into words, not null
 * @param lowercase whether hypotheses and references are lower-cased first
 * @param effectiveOrder whether the mean leaves out the orders that every hypothesis is too short
 *     for, instead of being 0; for scores of single sentences
 */
public record Bleu(Tokenization tokenization, boolean lowercase, boolean effectiveOrder)
    implements CorpusMetric {

  private static final int MAX_ORDER = 4;

  // Places in the counts: matches by order, then n-grams by order, then both lengths.
  private static final int TOTALS = MAX_ORDER;
  private static final int HYPOTHESIS_LENGTH = 2 * MAX_ORDER;
  private static final int REFERENCE_LENGTH = HYPOTHESIS_LENGTH + 1;
  private static final int PLACES = REFERENCE_LENGTH + 1;

  /** sacreBLEU's defaults: tokenization 13a, case kept, all four orders. */
  public Bleu() {
    this(Tokenization.V13A, false, false);
  }

  /**
   * sacreBLEU's defaults for a language: the tokenization is {@link Tokenization#standard}.
   *
   * @param language BCP 47 tag of hypotheses and references
   */
  public static Bleu standard(String language) {
    return new Bleu(Tokenization.standard(language), false, false);
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
    long[] sums = new long[PLACES];
    for (int i = 0; i < hypotheses.size(); i++) {
      CorpusMetric.add(sums, counts(hypotheses.get(i), references.get(i)));
    }
    return score(sums, signature(References.count(references)));
  }

  /** {@inheritDoc} */
  @Override
  public int[] counts(String hypothesis, List<String> references) {
    References.checkAny(references);
    List<String> words = words(hypothesis);
    List<List<String>> referenceWords = references.stream().map(this::words).toList();
    int[] counts = new int[PLACES];
    // Where nothing changed, n-grams need not be looked up to know that all match.
    boolean allMatch = referenceWords.contains(words);
    for (int order = 1; order <= MAX_ORDER; order++) {
      int total = Math.max(0, words.size() - order + 1);
      counts[order - 1] = allMatch ? total : matches(words, referenceWords, order);
      counts[TOTALS + order - 1] = total;
    }
    counts[HYPOTHESIS_LENGTH] = words.size();
    counts[REFERENCE_LENGTH] = closestLength(words.size(), referenceWords);
    return counts;
  }

  /** {@inheritDoc} */
  @Override
  public double score(long[] sums) {
    return score(sums, "").score();
  }

  private static int matches(List<String> words, List<List<String>> references, int order) {
    Map<List<String>, Integer> most = new HashMap<>();
    for (List<String> reference : references) {
      Ngrams.count(reference, order)
          .forEach((ngram, count) -> most.merge(ngram, count, Integer::max));
    }
    return Ngrams.matches(Ngrams.count(words, order), most);
  }

  private static int closestLength(int length, List<List<String>> references) {
    int closest = references.get(0).size();
    for (List<String> reference : references) {
      int distance = Math.abs(reference.size() - length);
      int best = Math.abs(closest - length);
      if (distance < best || (distance == best && reference.size() < closest)) {
        closest = reference.size();
      }
    }
    return closest;
  }

  private Score score(long[] sums, String signature) {
    List<Double> precisions = precisions(sums);
    double brevityPenalty = brevityPenalty(sums[HYPOTHESIS_LENGTH], sums[REFERENCE_LENGTH]);
    int orders = effectiveOrder ? Math.max(1, ordersWithNgrams(sums)) : MAX_ORDER;
    double logSum = precisions.stream().limit(orders).mapToDouble(Math::log).sum();
    return new Score(
        // Rounding could end a hair above.
        Math.min(100, brevityPenalty * Math.exp(logSum / orders)),
        precisions,
        brevityPenalty,
        sums[HYPOTHESIS_LENGTH],
        sums[REFERENCE_LENGTH],
        signature);
  }

  private static int ordersWithNgrams(long[] sums) {
    return (int) Arrays.stream(sums, TOTALS, TOTALS + MAX_ORDER).filter(total -> total > 0).count();
  }

  /** In percent; an order without n-grams, and with no match at all every order, has 0. */
  private static List<Double> precisions(long[] sums) {
    List<Double> precisions = new ArrayList<>();
    boolean anyMatch = sums[0] > 0;
    double smoothed = 1;
    for (int n = 0; n < MAX_ORDER; n++) {
      long matches = sums[n];
      long total = sums[TOTALS + n];
      if (!anyMatch || total == 0) {
        precisions.add(0.0);
      } else if (matches == 0) {
        smoothed /= 2;
        precisions.add(100 * smoothed / total);
      } else {
        precisions.add(100.0 * matches / total);
      }
    }
    return precisions;
  }

  private static double brevityPenalty(long hypothesisLength, long referenceLength) {
    if (hypothesisLength >= referenceLength) {
      return 1;
    }
    return hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
  }

  private List<String> words(String text) {
    return tokenization.tokenize(lowercase ? text.toLowerCase(Locale.ROOT) : text);
  }

  /** {@inheritDoc} */
  @Override
  public String signature(String references) {
    return "nrefs:%s|case:%s|eff:%s|%s|smooth:exp|%s"
        .formatted(
            references,
            lowercase ? "lc" : "mixed",
            effectiveOrder ? "yes" : "no",
            tokenization.signature(),
            References.IMPLEMENTATION);
  }

  /**
   * A score and what it is made of.
   *
   * @param score BLEU, 0 to 100
   * @param precisions smoothed n-gram precisions of orders 1 to 4, each 0 to 100
   * @param brevityPenalty 0 to 1
   * @param hypothesisLength words of all hypotheses
   * @param referenceLength words of the closest references
   * @param signature how it was computed, in sacreBLEU's form
   */
  public record Score(
      double score,
      List<Double> precisions,
      double brevityPenalty,
      long hypothesisLength,
      long referenceLength,
      String signature) {

    /** Copies the list, so that a score never changes. */
    public Score {
      precisions = List.copyOf(precisions);
    }

    /** One line in sacreBLEU's form: score, precisions, brevity penalty, lengths. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "BLEU = %.2f %.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
          score,
          precisions.get(0),
          precisions.get(1),
          precisions.get(2),
          precisions.get(3),
          brevityPenalty,
          referenceLength == 0 ? 0.0 : (double) hypothesisLength / referenceLength,
          hypothesisLength,
          referenceLength);
    }
  }
}
