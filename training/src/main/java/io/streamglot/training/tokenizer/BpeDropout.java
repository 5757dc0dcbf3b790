package io.streamglot.training.tokenizer;

import io.streamglot.translator.text.TextCleaner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Segments text as a learnt tokenizer does, but leaves out merges at random, so that the model
 * meets a word in many spellings: BPE-dropout (Provilkov et al., 2020, algorithm 1).
 *
 * <pre>
 *   repeat: each merge that fits somewhere in the word is dropped with probability p;
 *           of those that are left make the one learnt first, at its first place;
 *   until none is left
 * </pre>
 *
 * <p>With p = 0 the ids are those of {@link io.streamglot.translator.text.Tokenizer}. Not
 * thread-safe.
 */
public final class BpeDropout {

  private static final int NO_MERGE = Integer.MAX_VALUE;

  private final double probability;
  private final Normalization normalization;
  private final Map<String, Integer> ids;
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final int[] merged;
  private final Map<String, Word> words = new HashMap<>();

  /**
   * Reads the merges.
   *
   * @param tokenizerJson a file of {@link BpeLearner}
   * @param probability p, 0 to below 1
   * @throws IOException if the file cannot be read
   */
  public BpeDropout(Path tokenizerJson, double probability) throws IOException {
    this.probability = probability;
    TokenizerJson.Content content = TokenizerJson.read(tokenizerJson);
    this.normalization = content.normalization();
    this.ids = content.ids();
    this.merged = new int[content.merges().size()];
    for (int rank = 0; rank < merged.length; rank++) {
      List<String> pair = content.merges().get(rank);
      ranks.put(key(ids.get(pair.get(0)), ids.get(pair.get(1))), rank);
      merged[rank] = ids.get(pair.get(0) + pair.get(1));
    }
  }

  /** A sentence spelled in characters: what {@link #segment} starts from. */
  public static final class Spelling {
    private final List<Word> words;

    private Spelling(List<Word> words) {
      this.words = words;
    }
  }

  /**
   * A word before the first merge.
   *
   * @param symbols ids of its characters, or of their bytes
   * @param ranks of each symbol but the last: the rank of its merge with the next, or NO_MERGE
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Word(int[] symbols, int[] ranks) {}

  /** Spells a text; equal words share their memory. */
  public Spelling spell(String text) {
    return new Spelling(
        WordSplitter.split(TextCleaner.clean(text), normalization).stream()
            .map(word -> words.computeIfAbsent(word, this::spellWord))
            .toList());
  }

  private Word spellWord(String word) {
    int[] symbols =
        word.codePoints()
            .mapToObj(Character::toString)
            .flatMapToInt(
                character ->
                    ids.containsKey(character)
                        ? IntStream.of(ids.get(character))
                        : SpecialTokens.bytes(character))
            .toArray();
    return new Word(
        symbols,
        IntStream.range(0, symbols.length - 1)
            .map(i -> rank(symbols[i], symbols[i + 1]))
            .toArray());
  }

  /**
   * Segments a sentence.
   *
   * @param random decides which merges are dropped
   * @return token ids, the end token last
   */
  public int[] segment(Spelling sentence, Random random) {
    int[] tokens =
        new int[sentence.words.stream().mapToInt(word -> word.symbols().length).sum() + 1];
    int length = 0;
    for (Word word : sentence.words) {
      System.arraycopy(word.symbols(), 0, tokens, length, word.symbols().length);
      length += merge(tokens, length, word, random);
    }
    tokens[length++] = SpecialTokens.END;
    return Arrays.copyOf(tokens, length);
  }

  /**
   * Merges the symbols of a word where they stand.
   *
   * @param start of the word in {@code tokens}
   * @return tokens that are left of it
   */
  private int merge(int[] tokens, int start, Word word, Random random) {
    int length = word.symbols().length;
    int[] fitting = word.ranks().clone();
    for (int at = choose(fitting, length, random); at >= 0; at = choose(fitting, length, random)) {
      tokens[start + at] = merged[fitting[at]];
      length--;
      System.arraycopy(tokens, start + at + 2, tokens, start + at + 1, length - at - 1);
      if (at < length - 1) {
        System.arraycopy(fitting, at + 1, fitting, at, length - at - 1);
        fitting[at] = rank(tokens[start + at], tokens[start + at + 1]);
      }
      if (at > 0) {
        fitting[at - 1] = rank(tokens[start + at - 1], tokens[start + at]);
      }
    }
    return length;
  }

  /** The place of the merge to make, or -1 for none. */
  private int choose(int[] fitting, int length, Random random) {
    int best = -1;
    for (int i = 0; i < length - 1; i++) {
      if (fitting[i] != NO_MERGE
          && random.nextFloat() >= probability
          && (best < 0 || fitting[i] < fitting[best])) {
        best = i;
      }
    }
    return best;
  }

  private int rank(int left, int right) {
    return ranks.getOrDefault(key(left, right), NO_MERGE);
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }
}
