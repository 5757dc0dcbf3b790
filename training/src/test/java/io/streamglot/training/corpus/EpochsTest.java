package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {

  private static final int MAX_TOKENS = 40;

  @Test
  void anEpochIsCutFromItsOwnPairs() {
    Epochs epochs = new Epochs(EpochsTest::pairs, MAX_TOKENS, 3);

    for (int epoch : new int[] {0, 2, 1}) {
      assertThat(epochs.batches(epoch))
          .isEqualTo(new BucketingBatcher(pairs(epoch), MAX_TOKENS).epoch(3, epoch));
    }
  }

  @Test
  void askingAgainForAnEpochDoesNotCutItAgain() {
    List<Integer> cut = new ArrayList<>();
    Epochs epochs =
        new Epochs(
            epoch -> {
              cut.add(epoch);
              return pairs(epoch);
            },
            MAX_TOKENS,
            3);
    epochs.batches(0);
    epochs.batches(0);
    epochs.batches(1);
    epochs.batches(1);

    assertThat(cut).containsExactly(0, 1);
  }

  /** Ten pairs; the same array wherever an epoch is asked for, so that records are equal. */
  private static List<EncodedPair> pairs(int epoch) {
    return Collections.nCopies(10, PAIRS.get(epoch));
  }

  private static final List<EncodedPair> PAIRS =
      List.of(
          new EncodedPair(new int[] {5, 3}, new int[] {6, 3}),
          new EncodedPair(new int[] {5, 5, 3}, new int[] {6, 3}),
          new EncodedPair(new int[] {5, 5, 5, 3}, new int[] {6, 3}));
}
