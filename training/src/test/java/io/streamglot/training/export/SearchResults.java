package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.translator.decode.Hypothesis;
import java.util.List;

/** Compares what two searches found for one sentence. */
final class SearchResults {

  /** Shares are exponentials, and sensitive; a share of the wrong token or step differs by more. */
  private static final float ATTENTION_TOLERANCE = 1e-3f;

  private SearchResults() {}

  /** Asserts the same tokens in the same order, scores within the tolerance, the same attention. */
  static void assertSame(
      String what, List<Hypothesis> actual, List<Hypothesis> expected, float tolerance) {
    assertThat(actual)
        .as(what)
        .extracting(Hypothesis::tokens)
        .containsExactlyElementsOf(expected.stream().map(Hypothesis::tokens).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).score())
          .as("%s, score of hypothesis %d", what, i + 1)
          .isCloseTo(expected.get(i).score(), within(tolerance));
      float[][] attention = expected.get(i).attention();
      assertThat(actual.get(i).attention()).as(what).hasNumberOfRows(attention.length);
      for (int t = 0; t < attention.length; t++) {
        assertThat(actual.get(i).attention()[t])
            .as("%s, attention of token %d of hypothesis %d", what, t + 1, i + 1)
            .containsExactly(attention[t], within(ATTENTION_TOLERANCE));
      }
    }
  }
}
