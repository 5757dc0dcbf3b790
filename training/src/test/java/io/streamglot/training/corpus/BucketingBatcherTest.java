package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketingBatcherTest {

  private static final int MAX_TOKENS = 300;

  @Test
  void everyPairIsInExactlyOneBatchOfAnEpoch() {
    List<EncodedPair> pairs = randomPairs(20_000);

    for (int epoch = 0; epoch < 2; epoch++) {
      List<Batch> batches = new BucketingBatcher(pairs, MAX_TOKENS).epoch(5, epoch);
      assertThat(unpad(batches))
          .containsExactlyInAnyOrderElementsOf(pairs.stream().map(this::text).toList());
    }
  }

  @Test
  void noBatchIsAboveTheLimit() {
    for (Batch batch : new BucketingBatcher(randomPairs(5_000), MAX_TOKENS).epoch(1, 0)) {
      assertThat(batch.source()).hasSizeLessThanOrEqualTo(MAX_TOKENS);
      assertThat(batch.target()).hasSizeLessThanOrEqualTo(MAX_TOKENS);
    }
  }

  @Test
  void aPairLongerThanTheLimitGetsABatchOfItsOwn() {
    List<EncodedPair> pairs = new ArrayList<>(randomPairs(100));
    pairs.add(new EncodedPair(new int[MAX_TOKENS + 1], new int[] {3}));

    List<Batch> batches = new BucketingBatcher(pairs, MAX_TOKENS).epoch(1, 0);

    assertThat(batches)
        .filteredOn(b -> b.source().length > MAX_TOKENS)
        .singleElement()
        .satisfies(batch -> assertThat(batch.size()).isEqualTo(1));
  }

  @Test
  void theSameSeedAndEpochGiveTheSameBatches() {
    List<EncodedPair> pairs = randomPairs(3_000);

    List<Batch> once = new BucketingBatcher(pairs, MAX_TOKENS).epoch(11, 4);
    BucketingBatcher used = new BucketingBatcher(pairs, MAX_TOKENS);
    used.epoch(11, 3);

    assertThat(unpadInOrder(used.epoch(11, 4))).isEqualTo(unpadInOrder(once));
  }

  @Test
  void anotherSeedOrEpochGivesOtherBatches() {
    BucketingBatcher batcher = new BucketingBatcher(randomPairs(3_000), MAX_TOKENS);

    assertThat(unpadInOrder(batcher.epoch(11, 4))).isNotEqualTo(unpadInOrder(batcher.epoch(11, 5)));
    assertThat(unpadInOrder(batcher.epoch(11, 4))).isNotEqualTo(unpadInOrder(batcher.epoch(12, 4)));
  }

  @Test
  void batchesDoNotComeInOrderOfLength() {
    List<Batch> batches = new BucketingBatcher(randomPairs(3_000), MAX_TOKENS).epoch(1, 0);

    List<Integer> widths = batches.stream().map(Batch::targetWidth).toList();
    assertThat(widths).isNotEqualTo(widths.stream().sorted().toList());
  }

  @Test
  void bucketsKeepPaddingLow() {
    List<EncodedPair> pairs = randomPairs(10_000);
    List<Batch> buckets = new BucketingBatcher(pairs, MAX_TOKENS).epoch(1, 0);
    List<Batch> asTheyCome = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 10) {
      asTheyCome.add(Batch.of(pairs.subList(i, i + 10)));
    }

    assertThat(BucketingBatcher.paddingShare(buckets))
        .isLessThan(BucketingBatcher.paddingShare(asTheyCome) / 3);
  }

  @Test
  void shortRowsArePaddedAfterTheirEnd() {
    Batch batch =
        Batch.of(
            List.of(
                new EncodedPair(new int[] {7, 3}, new int[] {8, 9, 3}),
                new EncodedPair(new int[] {5, 6, 4, 3}, new int[] {3})));

    assertThat(batch.source()).containsExactly(7, 3, 0, 0, 5, 6, 4, 3);
    assertThat(batch.sourceLengths()).containsExactly(2, 4);
    assertThat(batch.sourceShape()).containsExactly(2, 4);
    assertThat(batch.target()).containsExactly(8, 9, 3, 3, 0, 0);
    assertThat(batch.targetLengths()).containsExactly(3, 1);
    assertThat(batch.targetShape()).containsExactly(2, 3);
    assertThat(batch.sourceTokens()).isEqualTo(6);
    assertThat(batch.targetTokens()).isEqualTo(4);
    assertThat(BucketingBatcher.paddingShare(List.of(batch))).isEqualTo(4 / 14.0);
  }

  @Test
  void nothingToBatchIsRefused() {
    assertThatThrownBy(() -> new BucketingBatcher(List.of(), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pairs to batch: expected at least 1, actual 0");
    assertThatThrownBy(() -> new BucketingBatcher(randomPairs(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tokens in a batch: expected at least 1, actual 0");
  }

  private static List<EncodedPair> randomPairs(int count) {
    Random random = new Random(count);
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 1 + random.nextInt(20);
      pairs.add(
          new EncodedPair(ids(random, length), ids(random, 1 + length / 2 + random.nextInt(4))));
    }
    return pairs;
  }

  private static int[] ids(Random random, int length) {
    int[] ids = random.ints(length, 4, 10_000).toArray();
    ids[length - 1] = 3;
    return ids;
  }

  private List<String> unpad(List<Batch> batches) {
    return unpadInOrder(batches).stream().flatMap(List::stream).toList();
  }

  private List<List<String>> unpadInOrder(List<Batch> batches) {
    List<List<String>> result = new ArrayList<>();
    for (Batch batch : batches) {
      List<String> rows = new ArrayList<>();
      for (int r = 0; r < batch.size(); r++) {
        rows.add(
            text(
                new EncodedPair(
                    row(batch.source(), batch.sourceWidth(), r, batch.sourceLengths()[r]),
                    row(batch.target(), batch.targetWidth(), r, batch.targetLengths()[r]))));
      }
      result.add(rows);
    }
    return result;
  }

  private static int[] row(long[] flat, int width, int row, int length) {
    return Arrays.stream(flat, row * width, row * width + length)
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  private String text(EncodedPair pair) {
    return Arrays.toString(pair.source()) + " " + Arrays.toString(pair.target());
  }
}
