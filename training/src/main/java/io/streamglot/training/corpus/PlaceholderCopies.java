package io.streamglot.training.corpus;

import io.streamglot.translator.text.Placeholders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Copies of training pairs with {@link Placeholders} on both sides, from which a model learns where
 * they belong in a translation. A pair has places for them:
 *
 * <ul>
 *   <li>instead of a name or number: a word with a capital or digit that each side has exactly
 *       once;
 *   <li>before the marks that end both sides, and before a comma that is the only one of its side,
 *       as people put emoji.
 * </ul>
 *
 * <p>A copy has one placeholder or more, in places drawn by lot and numbered in the order of the
 * source, as serving numbers them. It is for languages that put spaces between words. Not
 * thread-safe.
 */
public final class PlaceholderCopies {

  /** Most placeholders of a sentence. */
  public static final int MOST = 8;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern NAME_OR_NUMBER = Pattern.compile(".*[\\p{Lu}\\p{N}].*");
  private static final Pattern CLOSING = Pattern.compile("(?<=[^\\s.!?])\\s?[.!?]+$");
  private static final Pattern COMMA = Pattern.compile(",(?=\\s)");
  private static final Pattern PRIVATE_USE = Pattern.compile("\\p{Co}");

  private final Settings settings;
  private final Random random;

  /**
   * Copies of one corpus.
   *
   * @param seed decides which pairs are copied, and with which placeholders
   */
  public PlaceholderCopies(Settings settings, long seed) {
    this.settings = settings;
    this.random = new Random(seed);
  }

  /**
   * How many.
   *
   * @param count placeholders of a sentence at most, 0 to {@value #MOST}
   * @param share of the pairs that are copied if they have a place, 0 to below 1; 0 if and only if
   *     the count is
   */
  public record Settings(int count, double share) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public Settings {
      if (count < 0 || count > MOST) {
        throw new IllegalArgumentException(
            "placeholders: expected 0 to %d, actual %d".formatted(MOST, count));
      }
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            "share with placeholders: expected 0 to below 1, actual " + share);
      }
      if (count == 0 != (share == 0)) {
        throw new IllegalArgumentException(
            "placeholders: expected count and share both 0 or both above, actual %d and %s"
                .formatted(count, share));
      }
    }
  }

  /** The copies of these pairs, in the order of the pairs. */
  public List<SentencePair> of(List<SentencePair> pairs) {
    List<SentencePair> copies = new ArrayList<>();
    for (SentencePair pair : pairs) {
      if (random.nextDouble() < settings.share()) {
        copy(pair).ifPresent(copies::add);
      }
    }
    return copies;
  }

  /**
   * A stretch of a side that a placeholder takes, maybe an empty one, and what stands before it.
   */
  private record Stretch(int start, int end, String before) {}

  private record Place(Stretch source, Stretch target) {}

  private Optional<SentencePair> copy(SentencePair pair) {
    List<Place> places = places(pair);
    if (places.isEmpty()) {
      return Optional.empty();
    }
    Collections.shuffle(places, random);
    int taken = 1 + random.nextInt(Math.min(settings.count(), places.size()));
    List<Place> inOrder =
        places.subList(0, taken).stream()
            .sorted(Comparator.comparingInt(place -> place.source().start()))
            .toList();
    return Optional.of(
        new SentencePair(
            insert(pair.source(), inOrder.stream().map(Place::source).toList()),
            insert(pair.target(), inOrder.stream().map(Place::target).toList())));
  }

  private static List<Place> places(SentencePair pair) {
    List<Place> places = new ArrayList<>();
    // Its own private-use character would be taken for a placeholder.
    if (PRIVATE_USE.matcher(pair.source() + pair.target()).find()) {
      return places;
    }
    Map<String, Stretch> targets = namesAndNumbers(pair.target());
    namesAndNumbers(pair.source()).entrySet().stream()
        .filter(word -> targets.containsKey(word.getKey()))
        .sorted(Comparator.comparingInt(word -> word.getValue().start()))
        .forEach(word -> places.add(new Place(word.getValue(), targets.get(word.getKey()))));
    for (Pattern mark : List.of(CLOSING, COMMA)) {
      Optional<Stretch> source = before(mark, pair.source());
      Optional<Stretch> target = before(mark, pair.target());
      if (source.isPresent() && target.isPresent()) {
        places.add(new Place(source.get(), target.get()));
      }
    }
    return places;
  }

  /** Those that the text has once. */
  private static Map<String, Stretch> namesAndNumbers(String text) {
    Map<String, List<Stretch>> found = new HashMap<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (NAME_OR_NUMBER.matcher(words.group()).matches()) {
        found
            .computeIfAbsent(words.group(), word -> new ArrayList<>())
            .add(new Stretch(words.start(), words.end(), ""));
      }
    }
    Map<String, Stretch> once = new HashMap<>();
    found.forEach(
        (word, stretches) -> {
          if (stretches.size() == 1) {
            once.put(word, stretches.get(0));
          }
        });
    return once;
  }

  /** The place before a mark that the text has once. */
  private static Optional<Stretch> before(Pattern mark, String text) {
    List<Integer> starts = mark.matcher(text).results().map(match -> match.start()).toList();
    return starts.size() == 1
        ? Optional.of(new Stretch(starts.get(0), starts.get(0), " "))
        : Optional.empty();
  }

  /** The text with the first placeholder in the first stretch, and so on. */
  private static String insert(String text, List<Stretch> stretches) {
    StringBuilder inserted = new StringBuilder(text);
    // The last stretch first: those before it stay where they are.
    IntStream.range(0, stretches.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> stretches.get(i).start()).reversed())
        .forEach(
            i -> {
              Stretch stretch = stretches.get(i);
              inserted.replace(
                  stretch.start(), stretch.end(), stretch.before() + Placeholders.character(i));
            });
    return inserted.toString();
  }
}
