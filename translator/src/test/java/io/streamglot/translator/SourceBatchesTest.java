package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SourceBatchesTest {

  @Test
  void sortsByLengthAndKeepsTheOrderOfEquals() {
    assertThat(SourceBatches.plan(sources(5, 2, 5, 3), 4)).containsExactly(List.of(1, 3, 0, 2));
  }

  @Test
  void leavesBlankTextsOut() {
    assertThat(SourceBatches.plan(sources(1, 4, 1), 4)).containsExactly(List.of(1));
    assertThat(SourceBatches.plan(sources(), 4)).isEmpty();
  }

  @Test
  void keepsATruncatedTextOfTheEndTokenAlone() {
    assertThat(SourceBatches.plan(List.of(new Source(new int[1], true)), 4))
        .containsExactly(List.of(0));
  }

  @Test
  void givesALongSentenceABatchOfItsOwn() {
    assertThat(SourceBatches.plan(sources(1000, 2, 2000), 4))
        .containsExactly(List.of(1), List.of(0), List.of(2));
  }

  @Property(tries = 200)
  void holdsEachSentenceOnceWithinTheLimits(
      @ForAll @Size(max = 300) List<@IntRange(min = 2, max = 200) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 64) int beamSize) {
    List<Source> sources = sources(lengths.stream().mapToInt(Integer::intValue).toArray());

    List<List<Integer>> batches = SourceBatches.plan(sources, beamSize);

    List<Integer> all = new ArrayList<>();
    for (List<Integer> batch : batches) {
      all.addAll(batch);
      int longest = batch.stream().mapToInt(lengths::get).max().orElseThrow();
      assertThat(batch).hasSizeLessThanOrEqualTo(SourceBatches.MAX_SENTENCES);
      assertThat(batch.size() * beamSize).isLessThanOrEqualTo(SourceBatches.MAX_HYPOTHESES);
      assertThat(batch.size() * longest).isLessThanOrEqualTo(SourceBatches.MAX_TOKENS);
    }
    assertThat(all.stream().map(lengths::get)).isSorted();
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, lengths.size()).boxed().toList());
  }

  private static List<Source> sources(int... lengths) {
    return Arrays.stream(lengths).mapToObj(n -> new Source(new int[n], false)).toList();
  }
}
