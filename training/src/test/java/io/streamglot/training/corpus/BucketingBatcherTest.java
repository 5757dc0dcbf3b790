package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
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
      assertThat(unpad(batches).stream().sorted().toList())
          .isEqualTo(pairs.stream().map(this::text).sorted().toList());
    }
  }

  @Test
  void noBatchIsAboveTheLimit() {
    for (Batch batch : new BucketingBatcher(randomPairs(5_000), MAX_TOKENS).epoch(1, 0)) {
      assertThat(batch.size() * batch.sourceWidth()).isLessThanOrEqualTo(MAX_TOKENS);
      assertThat(batch.size() * batch.targetWidth()).isLessThanOrEqualTo(MAX_TOKENS);
    }
  }

  @Test
  void aPairLongerThanTheLimitGetsABatchOfItsOwn() {
    List<EncodedPair> pairs = new ArrayList<>(randomPairs(100));
    pairs.add(new EncodedPair(new int[MAX_TOKENS + 1], new int[] {3}));

    List<Batch> batches = new BucketingBatcher(pairs, MAX_TOKENS).epoch(1, 0);

    assertThat(batches)
        .filteredOn(batch -> batch.sourceWidth() > MAX_TOKENS)
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
      asTheyCome.add(new Batch(pairs.subList(i, i + 10)));
    }

    assertThat(BucketingBatcher.paddingShare(buckets))
        .isLessThan(BucketingBatcher.paddingShare(asTheyCome) / 3);
  }

  /**
   * How near in length neighbours are depends on how many pairs are sorted together. These are an
   * eighth of a pool, so with batches of an eighth of 2,500 tokens they are as near as those of a
   * large corpus with batches of 2,500.
   */
  @Test
  void lessThanATenthOfRealTextInBatchesIsPadding() throws IOException {
    List<EncodedPair> pairs = new ArrayList<>();
    try (Tokenizer tokenizer = Tokenizer.open(Path.of("../models/en-fr/tokenizer.json"))) {
      for (SentencePair pair : TatoebaDev.read().pairs()) {
        pairs.add(
            new EncodedPair(tokenizer.encode(pair.source()), tokenizer.encode(pair.target())));
      }
    }
    int maxTokens = 2_500 * pairs.size() / BucketingBatcher.POOL_SIZE;

    assertThat(BucketingBatcher.paddingShare(new BucketingBatcher(pairs, maxTokens).epoch(1, 0)))
        .isLessThan(0.1);
  }

  @Test
  void countsTokensAndPadding() {
    Batch batch =
        new Batch(
            List.of(
                new EncodedPair(new int[] {7, 3}, new int[] {8, 9, 3}),
                new EncodedPair(new int[] {5, 6, 4, 3}, new int[] {3})));

    assertThat(batch.sourceWidth()).isEqualTo(4);
    assertThat(batch.targetWidth()).isEqualTo(3);
    assertThat(batch.sourceTokens()).isEqualTo(6);
    assertThat(batch.targetTokens()).isEqualTo(4);
    // 2 x 4 source and 2 x 3 target positions, 10 of them tokens.
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
    return batches.stream().map(batch -> batch.pairs().stream().map(this::text).toList()).toList();
  }

  private String text(EncodedPair pair) {
    return Arrays.toString(pair.source()) + " " + Arrays.toString(pair.target());
  }
}
