package io.streamglot.training;

import io.streamglot.training.corpus.Batch;
import io.streamglot.training.corpus.BucketingBatcher;
import io.streamglot.training.corpus.CorpusFilter;
import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.Epochs;
import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.PlaceholderCopies;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.tokenizer.BpeDropout;
import io.streamglot.training.tokenizer.BpeLearner;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The corpora of a run as the model sees them.
 *
 * @param filtered what the filter kept and left out
 * @param tokenizerFile the tokenizer learnt from the kept pairs
 * @param vocabularySize its number of tokens
 * @param copies copies of kept pairs with placeholders, made before those too long are left out
 * @param train the kept pairs, then the copies, as token ids, without those longer than the model
 *     takes
 * @param trainTexts the same pairs as text
 * @param dev the development pairs as token ids, likewise
 * @param trainFingerprint SHA-256 over the token ids of {@code train}
 * @param devFingerprint SHA-256 over the token ids of all development pairs
 */
record TrainingData(
    CorpusFilter.Result filtered,
    Path tokenizerFile,
    int vocabularySize,
    int copies,
    List<EncodedPair> train,
    List<SentencePair> trainTexts,
    List<EncodedPair> dev,
    String trainFingerprint,
    String devFingerprint) {

  /** Filters, learns the tokenizer into the run folder, and encodes. */
  static TrainingData prepare(TrainingPlan plan) throws IOException {
    CorpusFilter.Result filtered = new CorpusFilter(plan.recipe().filter()).filter(plan.train());
    Files.createDirectories(plan.runFolder());
    Path file = plan.runFolder().resolve(ModelBundle.TOKENIZER);
    BpeLearner.learn(
        lines(filtered.kept()),
        plan.recipe().normalization(),
        plan.recipe().model().vocabularySize(),
        plan.recipe().placeholders().count(),
        file);
    List<SentencePair> copies =
        new PlaceholderCopies(plan.recipe().placeholders(), plan.recipe().training().seed())
            .of(filtered.kept().pairs());
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      int longest = plan.recipe().maxTokens();
      List<Encoding> train =
          within(
              longest,
              encode(Stream.concat(filtered.kept().pairs().stream(), copies.stream()), tokenizer));
      List<Encoding> wholeDev = encode(plan.dev().pairs().stream(), tokenizer);
      List<Encoding> dev = within(longest, wholeDev);
      requireSome(plan.train(), train);
      requireSome(plan.dev(), dev);
      return new TrainingData(
          filtered,
          file,
          tokenizer.vocabularySize(),
          copies.size(),
          ids(train),
          train.stream().map(Encoding::text).toList(),
          ids(dev),
          fingerprint(train),
          fingerprint(wholeDev));
    }
  }

  /** What the plan asks for, with the vocabulary that there is. */
  ModelConfig sizes(TrainingPlan plan) {
    return plan.recipe().model().withVocabularySize(vocabularySize);
  }

  /** The training pairs in batches. */
  Epochs epochs(TrainingPlan plan) throws IOException {
    TrainingConfig config = plan.recipe().training();
    IntFunction<List<EncodedPair>> pairs =
        config.bpeDropout() == 0
            ? epoch -> train
            : new ResegmentedPairs(
                trainTexts,
                train,
                new BpeDropout(tokenizerFile, config.bpeDropout()),
                plan.recipe().maxTokens(),
                config.seed());
    return new Epochs(pairs, config.batchTokens(), config.seed());
  }

  /**
   * What was filtered, how large the vocabulary is, and how an epoch is cut, in a few lines.
   *
   * @param epoch the batches of one epoch
   */
  String summary(List<Batch> epoch) {
    return String.format(
        Locale.ROOT,
        "%svocabulary      %,14d tokens%nplaceholders    %,14d copies of pairs%ntrained on      %,14d pairs, %,d batches, %.1f %% padding%n"
            + "tokensSha256    %s",
        filtered.table(),
        vocabularySize,
        copies,
        train.size(),
        epoch.size(),
        100 * BucketingBatcher.paddingShare(epoch),
        trainFingerprint);
  }

  private static void requireSome(ParallelCorpus corpus, List<Encoding> pairs) throws IOException {
    if (pairs.isEmpty()) {
      throw new IOException(
          "%s: pairs within the limits: expected at least 1, actual none of %d"
              .formatted(corpus.name(), corpus.pairs().size()));
    }
  }

  private static List<String> lines(ParallelCorpus corpus) {
    return corpus.pairs().stream()
        .flatMap(pair -> Stream.of(pair.source(), pair.target()))
        .toList();
  }

  private record Encoding(SentencePair text, EncodedPair ids) {}

  private static List<Encoding> encode(Stream<SentencePair> pairs, Tokenizer tokenizer) {
    return pairs.map(pair -> new Encoding(pair, encode(pair, tokenizer))).toList();
  }

  private static List<Encoding> within(int longest, List<Encoding> pairs) {
    return pairs.stream()
        .filter(pair -> Math.max(pair.ids().source().length, pair.ids().target().length) <= longest)
        .toList();
  }

  private static List<EncodedPair> ids(List<Encoding> pairs) {
    return pairs.stream().map(Encoding::ids).toList();
  }

  private static EncodedPair encode(SentencePair pair, Tokenizer tokenizer) {
    return new EncodedPair(tokenizer.encode(pair.source()), tokenizer.encode(pair.target()));
  }

  private static String fingerprint(List<Encoding> pairs) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (Encoding pair : pairs) {
      digest.update(bytes(pair.ids().source()));
      digest.update(bytes(pair.ids().target()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(int[] ids) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * (ids.length + 1));
    buffer.putInt(ids.length);
    buffer.asIntBuffer().put(ids);
    return buffer.array();
  }
}
