package io.streamglot.training.shortlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.corpus.EncodedPair;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example by which IBM Model 1 is taught: das Haus, das Buch, ein Buch. */
class LexicalTableTest {

  private static final int DAS = 1;
  private static final int HAUS = 2;
  private static final int BUCH = 3;
  private static final int EIN = 4;
  private static final int THE = 1;
  private static final int HOUSE = 2;
  private static final int BOOK = 3;
  private static final int A = 4;

  private static final List<EncodedPair> PAIRS =
      List.of(pair(DAS, HAUS, THE, HOUSE), pair(DAS, BUCH, THE, BOOK), pair(EIN, BUCH, A, BOOK));

  private static EncodedPair pair(int e1, int e2, int f1, int f2) {
    return new EncodedPair(new int[] {e1, e2}, new int[] {f1, f2});
  }

  @Test
  void oneIterationGivesWhatOneComputesByHand() {
    LexicalTable table = LexicalTable.learn(PAIRS, 5, 1);

    // t starts uniform over what a token met: 1/3 for das (the, house, book), 1/2 for Haus, 1/3 for
    // Buch, 1/2 for ein. Counts of das: the 1/3/(1/3+1/2) + 1/3/(1/3+1/3), house 0.4, book 0.5.
    assertThat(table.probability(DAS, THE)).isCloseTo(0.9f / 1.8f, within(1e-6f));
    assertThat(table.probability(DAS, HOUSE)).isCloseTo(0.4f / 1.8f, within(1e-6f));
    assertThat(table.probability(DAS, BOOK)).isCloseTo(0.5f / 1.8f, within(1e-6f));
    assertThat(table.probability(DAS, A)).isZero();
  }

  @Test
  void manyIterationsFindOutWhichWordIsWhich() {
    LexicalTable table = LexicalTable.learn(PAIRS, 5, 50);

    assertThat(table.probability(DAS, THE)).isGreaterThan(0.95f);
    assertThat(table.probability(HAUS, HOUSE)).isGreaterThan(0.95f);
    assertThat(table.probability(BUCH, BOOK)).isGreaterThan(0.95f);
    assertThat(table.probability(EIN, A)).isGreaterThan(0.95f);
    assertThat(table.ranked(DAS)).startsWith(THE).hasSize(3);
    assertThat(table.ranked(0)).isEmpty();
  }
}
