package io.streamglot.translator.decode;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws each token by lot instead of searching for the best sentence: from the model's distribution
 * to the power of {@code 1 / temperature}, restricted to the {@code topK} most probable tokens, and
 * of these to the fewest whose probability adds up to {@code topP} (Holtzman et al., 2020).
 *
 * <p>The lots of a sentence follow from the seed and its own tokens: the same text gets the same
 * translation again, in whatever company, place or thread, but for what {@link Decoder#decode(
 * SearchRequest)} says of rounding. Another seed gets another.
 *
 * <p>A distribution that is not restricted is sorted whole for each token, which takes longer than
 * a search with a narrow beam.
 *
 * @param temperature 0 to 100: below 1 prefers the probable tokens more, 0 takes the best
 * @param topK tokens to choose from, at least 1, or 0 for all
 * @param topP probability to choose from, above 0, at most 1
 * @param seed any number
 */
public record Sampling(float temperature, int topK, float topP, long seed) {

  /** Hottest temperature accepted: at it a distribution is as good as uniform. */
  public static final int MAX_TEMPERATURE = 100;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public Sampling {
    require(
        temperature >= 0 && temperature <= MAX_TEMPERATURE,
        "temperature",
        "0 to " + MAX_TEMPERATURE,
        temperature);
    require(topK >= 0, "top-k", "at least 1, or 0 for all", topK);
    require(topP > 0 && topP <= 1, "top-p", "above 0, at most 1", topP);
  }

  /** From the model's own distribution. */
  public Sampling(long seed) {
    this(1, 0, 1, seed);
  }

  /** Whether there is but one token to choose from, the most probable. */
  boolean isGreedy() {
    return temperature == 0 || topK == 1;
  }

  /**
   * The lots of a sentence.
   *
   * @param source its token ids, the end token last
   * @param count how many, at least 0
   * @return numbers from 0 to below 1, each a multiple of 2^-24; the first ones are the same
   *     however many there are
   */
  public float[] lots(int[] source, int count) {
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom(seed).nextLong() + Arrays.hashCode(source));
    float[] lots = new float[count];
    for (int i = 0; i < count; i++) {
      lots[i] = (random.nextLong() >>> 40) * 0x1p-24f;
    }
    return lots;
  }

  private static void require(boolean holds, String what, String expected, Number actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }
}
