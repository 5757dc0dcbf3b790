package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HypothesisTest {

  @Test
  void alignsEachTokenWithTheFirstOfTheSourceTokensThatGotTheMostAttention() {
    float[][] attention = {{.1f, .2f, .7f}, {.4f, .4f, .2f}, {1, 0, 0}};

    assertThat(new Hypothesis(new int[] {5, 6, 7}, -1, attention).alignment())
        .containsExactly(2, 0, 0);
  }

  @Test
  void hasNoAlignmentWithoutAttention() {
    assertThat(new Hypothesis(new int[] {5, 6}, -1, new float[0][]).alignment()).isEmpty();
  }

  @Test
  void putsATokenBehindItsTokens() {
    Hypothesis hypothesis = new Hypothesis(new int[] {7, 8}, -1, new float[0][]);

    assertThat(hypothesis.tokensAnd(3)).containsExactly(7, 8, 3);
    assertThat(hypothesis.tokens()).containsExactly(7, 8);
  }

  @Test
  void refusesAttentionOfOtherTokens() {
    assertThatThrownBy(() -> new Hypothesis(new int[] {5, 6}, -1, new float[][] {{1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attention: expected a row for each of 2 tokens, or none, actual 1");
  }

  @Test
  void equalsAnotherOfTheSameContent() {
    Hypothesis hypothesis = new Hypothesis(new int[] {5}, -1, new float[][] {{.5f, .5f}});

    assertThat(hypothesis)
        .isEqualTo(new Hypothesis(new int[] {5}, -1, new float[][] {{.5f, .5f}}))
        .hasSameHashCodeAs(new Hypothesis(new int[] {5}, -1, new float[][] {{.5f, .5f}}))
        .isNotEqualTo(new Hypothesis(new int[] {6}, -1, new float[][] {{.5f, .5f}}))
        .isNotEqualTo(new Hypothesis(new int[] {5}, -2, new float[][] {{.5f, .5f}}))
        .isNotEqualTo(new Hypothesis(new int[] {5}, -1, new float[][] {{.4f, .6f}}))
        .isNotEqualTo(new Hypothesis(new int[] {5}, -1, new float[0][]));
  }
}
