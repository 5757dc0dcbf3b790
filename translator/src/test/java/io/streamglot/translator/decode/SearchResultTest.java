package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two sentences, of two tokens and of three, a beam of two, three steps; 3 is the end token. */
class SearchResultTest {

  private static final int END = 3;
  private static final int[] SOURCE_LENGTHS = {2, 3};

  private static final List<int[]> NO_PREFIXES = List.of(new int[0], new int[0]);

  /** Rows are steps; in a row the beam of the first sentence, then that of the second. */
  private static final int[] TOKENS = {
    10, 11, 20, 21, //
    12, 13, END, 22, //
    END, 14, END, END,
  };

  private static final int[] PARENTS = {
    0, 0, 0, 0, //
    1, 0, 0, 1, //
    1, 0, 0, 1,
  };

  private static final float[] ATTENTION = {
    .9f, .1f, 0, /* */ .8f, .2f, 0, /* */ .2f, .3f, .5f, /* */ .2f, .4f, .4f, //
    .7f, .3f, 0, /* */ .4f, .6f, 0, /* */ .1f, .1f, .8f, /* */ .6f, .1f, .3f, //
    .5f, .5f, 0, /* */ .3f, .7f, 0, /* */ .1f, .2f, .7f, /* */ .1f, .3f, .6f,
  };

  @Test
  void walksTheParentsBackAndCutsAtTheEndTokenAndAtTheLengthOfTheSource() {
    assertThat(result(-0.5f, -0.6f, -0.1f, -0.2f).best(2, END))
        .containsExactly(
            List.of(
                new Hypothesis(new int[] {10, 13}, -0.5f, new float[][] {{.9f, .1f}, {.4f, .6f}}),
                new Hypothesis(
                    new int[] {11, 12, 14},
                    -0.6f,
                    new float[][] {{.8f, .2f}, {.7f, .3f}, {.3f, .7f}})),
            List.of(
                new Hypothesis(new int[] {20}, -0.1f, new float[][] {{.2f, .3f, .5f}}),
                new Hypothesis(
                    new int[] {21, 22}, -0.2f, new float[][] {{.2f, .4f, .4f}, {.6f, .1f, .3f}})));
  }

  @Test
  void aModelWithoutAttentionGivesHypothesesWithout() {
    SearchResult result =
        new SearchResult(
            3,
            SOURCE_LENGTHS,
            2,
            FloatBuffer.wrap(new float[] {-0.5f, -0.6f, -0.1f, -0.2f}),
            IntBuffer.wrap(TOKENS),
            IntBuffer.wrap(PARENTS),
            Optional.empty(),
            NO_PREFIXES,
            Optional.empty());
    assertThat(result.best(1, END))
        .containsExactly(
            List.of(new Hypothesis(new int[] {10, 13}, -0.5f, new float[0][])),
            List.of(new Hypothesis(new int[] {20}, -0.1f, new float[0][])));
  }

  @Test
  void givesNoMoreThanAsked() {
    assertThat(result(-0.5f, -0.6f, -0.1f, -0.2f).best(1, END)).allMatch(best -> best.size() == 1);
  }

  @Test
  void leavesUnusedSlotsOfTheBeamOut() {
    assertThat(result(-0.5f, -1e30f, -0.1f, -0.2f).best(2, END))
        .extracting(List::size)
        .containsExactly(1, 2);
  }

  @Test
  void failsWhereTheModelComputedNoNumbers() {
    assertThatThrownBy(() -> result(-0.5f, -0.6f, Float.NaN, Float.NaN).best(2, END))
        .isInstanceOf(DecodingException.class)
        .hasMessage("sentence 1 of the batch: score: expected a number, actual NaN");
  }

  /** Steps: 1 and 2 and 2 hypotheses of the first sentence, 1 and 2 and 1 of the second. */
  @Test
  void countsTheHypothesesThatAreNotFinishedBeforeEachStep() {
    assertThat(result(-0.5f, -0.6f, -0.1f, -0.2f).liveRows(new int[] {9, 9}, END)).isEqualTo(9);
  }

  @Test
  void noHypothesisLivesBeyondTheLimitOfItsSentence() {
    assertThat(result(-0.5f, -0.6f, -0.1f, -0.2f).liveRows(new int[] {1, 2}, END)).isEqualTo(4);
  }

  /** Of one token and of two, the second with the end token, whose steps do not count. */
  @Test
  void putsThePrefixBeforeWhatWasFound() {
    SearchResult result =
        result(
            List.of(new int[] {8}, new int[] {9, END}),
            FloatBuffer.wrap(
                new float[] {
                  .7f, .3f, 0, /* */ .2f, .2f, .6f, //
                  0, 0, 0, /* */ .3f, .3f, .4f,
                }),
            -0.5f,
            -0.6f,
            -0.1f,
            -1e30f);
    assertThat(result.best(1, END))
        .containsExactly(
            List.of(
                new Hypothesis(
                    new int[] {8, 10, 13},
                    -0.5f,
                    new float[][] {{.7f, .3f}, {.9f, .1f}, {.4f, .6f}})),
            List.of(new Hypothesis(new int[] {9}, -0.1f, new float[][] {{.2f, .2f, .6f}})));
  }

  private static SearchResult result(float... scores) {
    return result(NO_PREFIXES, FloatBuffer.allocate(0), scores);
  }

  private static SearchResult result(
      List<int[]> prefixes, FloatBuffer prefixAttention, float... scores) {
    return new SearchResult(
        3,
        SOURCE_LENGTHS,
        2,
        FloatBuffer.wrap(scores),
        IntBuffer.wrap(TOKENS),
        IntBuffer.wrap(PARENTS),
        Optional.of(FloatBuffer.wrap(ATTENTION)),
        prefixes,
        Optional.of(prefixAttention));
  }
}
