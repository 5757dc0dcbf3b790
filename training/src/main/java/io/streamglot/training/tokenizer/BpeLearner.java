package io.streamglot.training.tokenizer;

import io.streamglot.translator.text.Placeholders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns byte pair encoding: starts from characters and merges the most frequent pair of neighbours
 * again and again.
 *
 * <p>Ids: {@link SpecialTokens}, then the {@link Placeholders}, then the characters in order of
 * their code points, then the merges in the order learned. Ties go to the pair with the lower left
 * id, then the lower right id, so one corpus always gives one vocabulary.
 */
public final class BpeLearner {

  /** A character that occurs less often gets no id of its own and is written as bytes. */
  static final int MIN_CHARACTER_COUNT = 3;

  /** A pair that occurs less often is not worth an id. */
  private static final int MIN_PAIR_COUNT = 2;

  private final int placeholders;
  private final List<String> tokens = new ArrayList<>(SpecialTokens.tokens());
  private final List<String[]> merges = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final Map<Pair, Occurrences> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(Candidate.BEST_FIRST);

  private BpeLearner(int placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * Learns one vocabulary from all lines and writes it as a Hugging Face tokenizer.json. The same
   * lines in any order give the same file.
   *
   * @param lines sentences of both languages
   * @param normalization what is done to a text first
   * @param vocabularySize number of ids wanted; the file has fewer if the text holds too few pairs
   *     of characters that occur twice
   * @param placeholders how many characters for protected spans get a token each, whatever the
   *     lines hold; no merge has one. At least 0
   * @param tokenizerJson file to write, replaced if it exists
   * @throws VocabularySizeException if the size does not even hold special tokens, bytes and
   *     characters; the message says how many those are
   * @throws IOException if the file cannot be written
   */
  public static void learn(
      Iterable<String> lines,
      Normalization normalization,
      int vocabularySize,
      int placeholders,
      Path tokenizerJson)
      throws IOException {
    Map<String, Long> wordCounts = countWords(lines, normalization);
    BpeLearner learner = new BpeLearner(placeholders);
    learner.addCharacters(wordCounts, vocabularySize);
    learner.countPairs();
    while (learner.tokens.size() < vocabularySize && learner.mergeBest()) {}
    TokenizerJson.write(learner.tokens, learner.merges, normalization, tokenizerJson);
  }

  /** Sorted, so that nothing depends on the order of the lines. */
  private static Map<String, Long> countWords(Iterable<String> lines, Normalization normalization) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : lines) {
      for (String word : WordSplitter.split(line, normalization)) {
        counts.merge(word, 1L, Long::sum);
      }
    }
    return counts;
  }

  private void addCharacters(Map<String, Long> wordCounts, int vocabularySize)
      throws VocabularySizeException {
    Map<Integer, Long> characterCounts = new TreeMap<>();
    wordCounts.forEach(
        (word, count) ->
            word.codePoints().forEach(c -> characterCounts.merge(c, count, Long::sum)));
    Map<Integer, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < placeholders; i++) {
      int placeholder = Placeholders.character(i);
      ids.put(placeholder, tokens.size());
      tokens.add(Character.toString(placeholder));
    }
    int space = WordSplitter.SPACE.codePointAt(0);
    characterCounts.putIfAbsent(space, (long) MIN_CHARACTER_COUNT);
    characterCounts.forEach(
        (character, count) -> {
          boolean known = ids.containsKey(character);
          if (!known && (count >= MIN_CHARACTER_COUNT || character == space)) {
            ids.put(character, tokens.size());
            tokens.add(Character.toString(character));
          }
        });
    if (tokens.size() > vocabularySize) {
      throw new VocabularySizeException(
          "vocabulary size: expected at least %d (special tokens, bytes and %d characters), actual %d"
              .formatted(tokens.size(), ids.size(), vocabularySize));
    }
    wordCounts.forEach((word, count) -> words.add(new Word(spell(word, ids), count)));
  }

  private static int[] spell(String word, Map<Integer, Integer> ids) {
    return word.codePoints()
        .flatMap(
            character -> {
              Integer id = ids.get(character);
              return id != null
                  ? IntStream.of(id)
                  : SpecialTokens.bytes(Character.toString(character));
            })
        .toArray();
  }

  private void countPairs() {
    Set<Pair> touched = new HashSet<>();
    for (int w = 0; w < words.size(); w++) {
      addPairs(w, touched);
    }
    offer(touched);
  }

  /** Merges the most frequent pair everywhere; false if no pair is frequent enough. */
  private boolean mergeBest() {
    Candidate best = candidates.poll();
    // Lazy deletion: a count that has changed since was offered again with its new value.
    while (best != null && pairs.get(best.pair()).count != best.count()) {
      best = candidates.poll();
    }
    if (best == null) {
      return false;
    }
    Pair pair = best.pair();
    int merged = tokens.size();
    tokens.add(tokens.get(pair.left()) + tokens.get(pair.right()));
    merges.add(new String[] {tokens.get(pair.left()), tokens.get(pair.right())});
    Set<Pair> touched = new HashSet<>();
    for (int w : List.copyOf(pairs.get(pair).words)) {
      removePairs(w, touched);
      words.get(w).merge(pair, merged);
      addPairs(w, touched);
    }
    offer(touched);
    return true;
  }

  private void addPairs(int w, Set<Pair> touched) {
    Word word = words.get(w);
    for (Pair pair : word.pairs(firstMergeable())) {
      Occurrences occurrences = pairs.computeIfAbsent(pair, p -> new Occurrences());
      occurrences.count += word.count;
      occurrences.words.add(w);
      touched.add(pair);
    }
  }

  private void removePairs(int w, Set<Pair> touched) {
    Word word = words.get(w);
    for (Pair pair : word.pairs(firstMergeable())) {
      Occurrences occurrences = pairs.get(pair);
      occurrences.count -= word.count;
      occurrences.words.remove(w);
      touched.add(pair);
    }
  }

  /** The first id that may be part of a merge. */
  private int firstMergeable() {
    return SpecialTokens.FIRST_CHARACTER + placeholders;
  }

  private void offer(Set<Pair> touched) {
    for (Pair pair : touched) {
      long count = pairs.get(pair).count;
      if (count >= MIN_PAIR_COUNT) {
        candidates.add(new Candidate(pair, count));
      }
    }
  }

  private record Pair(int left, int right) {}

  private record Candidate(Pair pair, long count) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparingInt(candidate -> candidate.pair().left())
            .thenComparingInt(candidate -> candidate.pair().right());
  }

  /** How often a pair occurs in the corpus, and in which words. */
  private static final class Occurrences {
    private long count;
    private final Set<Integer> words = new HashSet<>();
  }

  /** A word of the corpus as it is spelled so far. */
  private static final class Word {
    private int[] symbols;
    private final long count;

    Word(int[] symbols, long count) {
      this.symbols = symbols;
      this.count = count;
    }

    /**
     * Neighbours that may merge, one for each place; bytes of rare characters and placeholders may
     * not.
     */
    List<Pair> pairs(int firstMergeable) {
      List<Pair> result = new ArrayList<>(symbols.length);
      for (int i = 0; i + 1 < symbols.length; i++) {
        if (symbols[i] >= firstMergeable && symbols[i + 1] >= firstMergeable) {
          result.add(new Pair(symbols[i], symbols[i + 1]));
        }
      }
      return result;
    }

    /** From left to right, without overlap: aaa becomes (aa)a. */
    void merge(Pair pair, int merged) {
      int length = 0;
      int[] result = new int[symbols.length];
      for (int i = 0; i < symbols.length; i++) {
        if (i + 1 < symbols.length && symbols[i] == pair.left() && symbols[i + 1] == pair.right()) {
          result[length++] = merged;
          i++;
        } else {
          result[length++] = symbols[i];
        }
      }
      symbols = Arrays.copyOf(result, length);
    }
  }
}
