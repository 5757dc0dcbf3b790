package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceBatchesTest {

  @Test
  void sortsByLengthAndKeepsTheOrderOfEquals() {
    assertThat(SourceBatches.plan(sources(5, 2, 5, 3), 64, 1)).containsExactly(ids(1, 3, 0, 2));
  }

  @Test
  void plansNothingForNoSentences() {
    assertThat(SourceBatches.plan(sources(), 64, 2)).isEmpty();
  }

  @Test
  void givesALongSentenceABatchOfItsOwnAndTheLongestTheFirst() {
    assertThat(SourceBatches.plan(sources(1000, 2, 2000), 16, 1))
        .containsExactly(ids(2), ids(0), ids(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void givesOneSentenceOneBatchWhateverTheThreads(int threads) {
    assertThat(SourceBatches.plan(sources(9), 64, threads)).containsExactly(ids(0));
  }

  @ParameterizedTest
  @CsvSource({
    "15, 2, 1",
    "16, 2, 2",
    "16, 64, 2",
    "31, 4, 3",
    "32, 4, 4",
    "64, 1, 1",
    "64, 2, 2",
    "64, 8, 8",
    "64, 64, 8",
    "200, 1, 4",
    "200, 2, 4",
    "200, 3, 6",
    "200, 8, 8",
    "640, 3, 12",
  })
  void hasABatchForEachThreadUnlessTheyWouldBeTooSmall(int sentences, int threads, int batches) {
    int[] lengths = new int[sentences];
    Arrays.fill(lengths, 10);

    assertThat(SourceBatches.plan(lengths, 64, threads)).hasSize(batches);
  }

  /** Lengths as in chat: most sentences are short, few are long. */
  @ParameterizedTest
  @CsvSource({"64, 2", "64, 4", "256, 2", "256, 3", "256, 8", "1000, 2", "1000, 16"})
  void givesEachThreadLikeWork(int sentences, int threads) {
    Random random = new Random(sentences + threads);
    int[] lengths =
        IntStream.range(0, sentences)
            .map(i -> (int) Math.min(60, 4 + Math.abs(random.nextGaussian()) * 8))
            .toArray();

    long[] loads = new long[threads];
    for (int[] batch : SourceBatches.plan(lengths, 16, threads)) {
      Arrays.sort(loads); // Whoever is done first takes the next.
      loads[0] += tokens(batch, lengths);
    }

    long longest = Arrays.stream(loads).max().getAsLong();
    assertThat((double) longest).isLessThan(1.2 * Arrays.stream(loads).sum() / threads);
  }

  @Property(tries = 300)
  void holdsEachSentenceOnceWithinTheLimits(
      @ForAll @Size(max = 300) List<@IntRange(min = 2, max = 200) Integer> all,
      @ForAll @IntRange(min = 1, max = 64) int maxSentences,
      @ForAll @IntRange(min = 1, max = 20) int threads) {
    int[] lengths = all.stream().mapToInt(Integer::intValue).toArray();

    List<int[]> batches = SourceBatches.plan(lengths, maxSentences, threads);

    for (int[] batch : batches) {
      assertThat(batch).hasSizeBetween(1, maxSentences);
      assertThat(batch.length == 1 ? 0 : tokens(batch, lengths))
          .isLessThanOrEqualTo(maxSentences * SourceBatches.MEAN_TOKENS);
    }
    int[] planned = batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertThat(planned).isEqualTo(IntStream.range(0, lengths.length).toArray());
    for (int i = 1; i < batches.size(); i++) {
      int shortestBefore = lengths[batches.get(i - 1)[0]];
      int[] batch = batches.get(i);
      assertThat(lengths[batch[batch.length - 1]]).isLessThanOrEqualTo(shortestBefore);
    }
  }

  @Property(tries = 300)
  void makesNoMoreBatchesForMoreThreadsThanLeaveThemLargeEnough(
      @ForAll @Size(max = 300) List<@IntRange(min = 2, max = 90) Integer> all,
      @ForAll @IntRange(min = 2, max = 20) int threads) {
    int[] sources = all.stream().mapToInt(Integer::intValue).toArray();
    int fewest = SourceBatches.plan(sources, 64, 1).size();

    assertThat(SourceBatches.plan(sources, 64, threads))
        .hasSizeLessThanOrEqualTo(Math.max(fewest, all.size() / SourceBatches.MIN_SENTENCES));
  }

  /** Source tokens of a batch with its padding. */
  private static int tokens(int[] batch, int[] lengths) {
    return batch.length * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
  }

  private static int[] sources(int... lengths) {
    return lengths;
  }

  private static int[] ids(int... ids) {
    return ids;
  }
}
