package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two sentences, a beam of two, three steps; 3 is the end token. */
class SearchResultTest {

  private static final int END = 3;

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

  private static final int[] ALIGNMENT = {
    0, 1, 2, 3, //
    4, 5, 6, 7, //
    8, 9, 0, 1,
  };

  @Test
  void walksTheParentsBackAndCutsAtTheEndToken() {
    assertThat(result(-0.5f, -0.6f, -0.1f, -0.2f).best(2, END))
        .containsExactly(
            List.of(
                new Hypothesis(List.of(10, 13), -0.5f, List.of(0, 5)),
                new Hypothesis(List.of(11, 12, 14), -0.6f, List.of(1, 4, 9))),
            List.of(
                new Hypothesis(List.of(20), -0.1f, List.of(2)),
                new Hypothesis(List.of(21, 22), -0.2f, List.of(3, 7))));
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

  private static SearchResult result(float... scores) {
    return new SearchResult(
        3,
        2,
        2,
        FloatBuffer.wrap(scores),
        IntBuffer.wrap(TOKENS),
        IntBuffer.wrap(PARENTS),
        IntBuffer.wrap(ALIGNMENT));
  }
}
