package io.streamglot.training.shortlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.corpus.EncodedPair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortlistTest {

  private static final int END = 0;

  private static final List<EncodedPair> PAIRS =
      List.of(
          pair(new int[] {1, END}, new int[] {5, 6, END}),
          pair(new int[] {1, 2, END}, new int[] {5, 6, 7, END}),
          pair(new int[] {2, END}, new int[] {5, 7, END}));

  private static EncodedPair pair(int[] source, int[] target) {
    return new EncodedPair(source, target);
  }

  @Test
  void keepsTheMostFrequentTokensInOrder() {
    assertThat(Shortlist.learn(PAIRS, 8, 2, 1).frequent()).containsExactly(END, 5);
  }

  @Test
  void givesEachSourceTokenItsTranslationsWithoutTheFrequentOnes() {
    Shortlist shortlist = Shortlist.learn(PAIRS, 8, 2, 1);

    assertThat(shortlist.translations()[1]).containsExactly(6);
    assertThat(shortlist.translations()[2]).containsExactly(7);
    assertThat(shortlist.width()).isEqualTo(1);
  }

  @Test
  void fillsARowWithWhatEverySentenceMayUseAnyway() {
    assertThat(Shortlist.learn(PAIRS, 8, 2, 3).translations()[1]).containsExactly(6, 7, END);
    assertThat(Shortlist.learn(PAIRS, 8, 2, 3).translations()[4]).containsExactly(END, END, END);
  }

  @Test
  void refusesRowsOfDifferentLengthsAndNoFrequentTokens() {
    assertThatThrownBy(() -> new Shortlist(new int[] {1}, new int[][] {{1}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("actual 2 different numbers");
    assertThatThrownBy(() -> new Shortlist(new int[0], new int[][] {{1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frequent tokens: expected at least 1, actual none");
  }
}
