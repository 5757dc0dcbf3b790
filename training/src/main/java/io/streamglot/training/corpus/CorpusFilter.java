package io.streamglot.training.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Leaves out the pairs that training would learn nothing good from, and counts them by reason. */
public final class CorpusFilter {

  private static final Set<Character.UnicodeScript> UNSPACED_SCRIPTS =
      Set.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA);

  private final Settings settings;
  private final ToIntFunction<String> length;

  /** A filter whose tokens are words, see {@link #words}. */
  public CorpusFilter(Settings settings) {
    this(settings, CorpusFilter::words);
  }

  /**
   * A filter with its own idea of a token.
   *
   * @param settings the limits
   * @param length number of tokens of a text that is not blank, at least 1
   */
  public CorpusFilter(Settings settings, ToIntFunction<String> length) {
    this.settings = settings;
    this.length = length;
  }

  /** Filters; the kept pairs stay in order. */
  public Result filter(ParallelCorpus corpus) {
    Map<RejectionReason, Integer> rejected = new EnumMap<>(RejectionReason.class);
    List<SentencePair> kept = new ArrayList<>();
    Set<SentencePair> seen = new HashSet<>();
    for (SentencePair pair : corpus.pairs()) {
      Optional<RejectionReason> reason = reject(pair, seen);
      if (reason.isPresent()) {
        rejected.merge(reason.get(), 1, Integer::sum);
      } else {
        kept.add(pair);
      }
    }
    return new Result(new ParallelCorpus(corpus.name(), kept), rejected);
  }

  private Optional<RejectionReason> reject(SentencePair pair, Set<SentencePair> seen) {
    if (pair.source().isBlank() || pair.target().isBlank()) {
      return Optional.of(RejectionReason.EMPTY);
    }
    int source = length.applyAsInt(pair.source());
    int target = length.applyAsInt(pair.target());
    if (Math.max(source, target) > settings.maxLength()) {
      return Optional.of(RejectionReason.LENGTH);
    }
    if (Math.max(source, target) > settings.maxRatio() * Math.min(source, target)) {
      return Optional.of(RejectionReason.RATIO);
    }
    if (settings.dropDuplicates() && !seen.add(pair)) {
      return Optional.of(RejectionReason.DUPLICATE);
    }
    return Optional.empty();
  }

  /**
   * Number of words: what stands between spaces of any kind, no-break ones too, and each Chinese or
   * Japanese character by itself, since those languages write no spaces. 0 for a blank text.
   */
  public static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      boolean alone = UNSPACED_SCRIPTS.contains(Character.UnicodeScript.of(character));
      boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character);
      boolean part = !alone && !space;
      if (alone || (part && !inWord)) {
        words++;
      }
      inWord = part;
    }
    return words;
  }

  /**
   * The limits.
   *
   * @param maxLength most tokens on either side, at least 1
   * @param maxRatio most tokens of the longer side for each token of the shorter, at least 1
   * @param dropDuplicates whether a pair that came before is left out
   */
  public record Settings(int maxLength, double maxRatio, boolean dropDuplicates) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public Settings {
      if (maxLength < 1) {
        throw new IllegalArgumentException(
            "maximum length: expected at least 1, actual " + maxLength);
      }
      if (!(maxRatio >= 1)) {
        throw new IllegalArgumentException(
            "maximum ratio: expected at least 1, actual " + maxRatio);
      }
    }
  }

  /**
   * What is left, and what is not.
   *
   * @param kept the pairs that passed, in order
   * @param rejected pairs left out, by reason; a reason that never held is absent
   */
  public record Result(ParallelCorpus kept, Map<RejectionReason, Integer> rejected) {

    /** Copies the counts, so that a result never changes. */
    public Result {
      Map<RejectionReason, Integer> copy = new EnumMap<>(RejectionReason.class);
      copy.putAll(rejected);
      rejected = Collections.unmodifiableMap(copy);
    }

    /** Pairs left out for that reason. */
    public int rejected(RejectionReason reason) {
      return rejected.getOrDefault(reason, 0);
    }

    /** Numbers of pairs by name: read, left out by reason, kept; in that order. */
    public Map<String, Integer> counts() {
      Map<String, Integer> counts = new LinkedHashMap<>();
      int passed = kept.pairs().size();
      counts.put(
          "pairs read", passed + rejected.values().stream().mapToInt(Integer::intValue).sum());
      for (RejectionReason reason : RejectionReason.values()) {
        counts.put("  " + reason.label(), -rejected(reason));
      }
      counts.put("pairs kept", passed);
      return counts;
    }

    /** The {@link #counts} as lines of text. */
    public String table() {
      StringBuilder table = new StringBuilder();
      counts()
          .forEach(
              (name, count) ->
                  table.append(String.format(Locale.ROOT, "%-16s%,14d%n", name, count)));
      return table.toString();
    }
  }
}
