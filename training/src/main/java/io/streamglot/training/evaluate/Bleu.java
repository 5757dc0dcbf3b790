package io.streamglot.training.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Corpus BLEU (Papineni et al. 2002) as sacreBLEU computes it by default: orders 1 to 4, case kept,
 * exponential smoothing, no effective order.
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
 * <p>Immutable and thread-safe.
 */
public final class Bleu {

  private static final int MAX_ORDER = 4;

  private final Tokenization tokenization;

  /** BLEU with the standard tokenization, {@link Tokenization#V13A}. */
  public Bleu() {
    this(Tokenization.V13A);
  }

  /** BLEU with a chosen tokenization. */
  public Bleu(Tokenization tokenization) {
    this.tokenization = tokenization;
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
    Statistics statistics = new Statistics();
    for (int i = 0; i < hypotheses.size(); i++) {
      statistics.add(
          tokenization.tokenize(hypotheses.get(i)),
          references.get(i).stream().map(tokenization::tokenize).toList());
    }
    String signature =
        "nrefs:%s|case:mixed|eff:no|tok:%s|smooth:exp|%s"
            .formatted(References.count(references), tokenization.label, References.IMPLEMENTATION);
    return statistics.score(signature);
  }

  /** How text is cut into words before they are compared. */
  public enum Tokenization {
    /**
     * That of NIST's mteval-v13a: unescapes four entities, then cuts off ASCII punctuation, except
     * apostrophe, hyphen after a letter, and point and comma inside of numbers.
     */
    V13A("13a"),
    /** White space only. */
    NONE("none");

    private final String label;

    Tokenization(String label) {
      this.label = label;
    }

    List<String> tokenize(String text) {
      return Ngrams.words(this == V13A ? V13aTokenizer.tokenize(text.stripTrailing()) : text);
    }
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

  /** Matches and totals by order, summed over the corpus. */
  private static final class Statistics {

    private final long[] matches = new long[MAX_ORDER];
    private final long[] totals = new long[MAX_ORDER];
    private long hypothesisLength;
    private long referenceLength;

    void add(List<String> hypothesis, List<List<String>> references) {
      for (int order = 1; order <= MAX_ORDER; order++) {
        Map<List<String>, Integer> most = new HashMap<>();
        for (List<String> reference : references) {
          Ngrams.count(reference, order)
              .forEach((ngram, count) -> most.merge(ngram, count, Integer::max));
        }
        matches[order - 1] += Ngrams.matches(Ngrams.count(hypothesis, order), most);
        totals[order - 1] += Math.max(0, hypothesis.size() - order + 1);
      }
      hypothesisLength += hypothesis.size();
      referenceLength += closestLength(hypothesis.size(), references);
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

    Score score(String signature) {
      List<Double> precisions = precisions();
      double brevityPenalty = brevityPenalty();
      double logSum = precisions.stream().mapToDouble(Math::log).sum();
      return new Score(
          // Rounding could end a hair above.
          Math.min(100, brevityPenalty * Math.exp(logSum / MAX_ORDER)),
          precisions,
          brevityPenalty,
          hypothesisLength,
          referenceLength,
          signature);
    }

    /** In percent; an order without n-grams, and with no match at all every order, has 0. */
    private List<Double> precisions() {
      List<Double> precisions = new ArrayList<>();
      boolean anyMatch = matches[0] > 0;
      double smoothed = 1;
      for (int n = 0; n < MAX_ORDER; n++) {
        if (!anyMatch || totals[n] == 0) {
          precisions.add(0.0);
        } else if (matches[n] == 0) {
          smoothed /= 2;
          precisions.add(100 * smoothed / totals[n]);
        } else {
          precisions.add(100.0 * matches[n] / totals[n]);
        }
      }
      return precisions;
    }

    private double brevityPenalty() {
      if (hypothesisLength >= referenceLength) {
        return 1;
      }
      return hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
    }
  }

  /** The rules of mteval-v13a, for text in Western scripts. */
  private static final class V13aTokenizer {

    private static final Pattern PUNCTUATION = Pattern.compile("[!-&(-+:-@\\[-`{-~/]");
    private static final Pattern MARK_NOT_AFTER_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern MARK_NOT_BEFORE_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])-");

    private V13aTokenizer() {}

    static String tokenize(String text) {
      String line =
          text.replace("<skipped>", "")
              .replace("-\n", "")
              .replace("\n", " ")
              .replace("&quot;", "\"")
              .replace("&amp;", "&")
              .replace("&lt;", "<")
              .replace("&gt;", ">");
      line = PUNCTUATION.matcher(" " + line + " ").replaceAll(" $0 ");
      line = MARK_NOT_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
      line = MARK_NOT_BEFORE_DIGIT.matcher(line).replaceAll(" $1 $2");
      return HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 - ");
    }
  }
}
