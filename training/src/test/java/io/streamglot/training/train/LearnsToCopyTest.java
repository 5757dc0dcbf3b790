package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.Epochs;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Seq2Seq;
import io.streamglot.training.model.Tying;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tasks whose answers are known: copy a sentence, and say it backwards. Each model must decode
 * every sentence of some that it never saw to its last token.
 */
class LearnsToCopyTest {

  private static final int PAD = 0;
  private static final int START = 2;
  private static final int END = 3;
  private static final int VOCABULARY = 12;
  private static final int UNITS = 32;

  private static final int PAIRS = 2000;
  private static final int HELD_OUT = 100;
  private static final int LONGEST = 6;

  /** What one vector of {@link #UNITS} x 2 can carry after so short a training. */
  private static final int LONGEST_WITHOUT_ATTENTION = 4;

  private static final TrainingConfig CONFIG =
      new TrainingConfig(
          1,
          14,
          600,
          0.01,
          20,
          Decay.LINEAR,
          3,
          Dropout.NONE,
          0,
          0,
          1,
          0,
          0,
          1000,
          1,
          1,
          Precision.FLOAT32,
          Device.CPU);

  private static final SearchOptions SEARCH = new SearchOptions(1, 1, 1, 2, 10);

  @TempDir private Path folder;

  enum Task {
    COPY,
    REVERSE;

    /** A source of these words, and what the task makes of it. */
    EncodedPair pair(List<Integer> words) {
      int length = words.size();
      int[] source = new int[length + 1];
      int[] target = new int[length + 1];
      for (int i = 0; i < length; i++) {
        source[i] = words.get(i);
        target[i] = words.get(this == COPY ? i : length - 1 - i);
      }
      source[length] = END;
      target[length] = END;
      return new EncodedPair(source, target);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADDITIVE, COPY",
    "ADDITIVE, REVERSE",
    "DOT, COPY",
    "DOT, REVERSE",
    "GENERAL, COPY",
    "GENERAL, REVERSE"
  })
  void eachAttentionLearnsBothTasks(ContextType attention, Task task) throws IOException {
    assertLearns(CellType.LSTM, attention, task, LONGEST);
  }

  @ParameterizedTest
  @EnumSource
  void aFixedContextLearnsShortSentences(Task task) throws IOException {
    assertLearns(CellType.LSTM, ContextType.FIXED, task, LONGEST_WITHOUT_ATTENTION);
  }

  /** The LSTM has learned it above. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LSTM")
  void theOtherCellsLearnToCopy(CellType cell) throws IOException {
    assertLearns(cell, ContextType.ADDITIVE, Task.COPY, LONGEST);
  }

  private void assertLearns(CellType cell, ContextType context, Task task, int longest)
      throws IOException {
    List<EncodedPair> pairs = distinctPairs(task, longest);
    List<EncodedPair> train = pairs.subList(0, PAIRS);
    List<EncodedPair> heldOut = pairs.subList(PAIRS, pairs.size());
    ModelConfig sizes = sizes(cell, context);
    try (Parameters parameters = Parameters.initialise(sizes, CONFIG.seed())) {
      Seq2Seq model = new Seq2Seq(parameters, START, PAD);
      train(model, train);

      assertThat(heldOut.stream().map(pair -> Arrays.toString(greedy(model, pair.source()))))
          .containsExactlyElementsOf(
              heldOut.stream().map(pair -> Arrays.toString(pair.target())).toList());
    }
  }

  /** The likeliest token at each step, up to the end token or a length that no target has. */
  private static int[] greedy(Seq2Seq model, int[] source) {
    int[] output = {};
    do {
      int[] next = Arrays.copyOf(output, output.length + 1);
      // The last row depends on the tokens before it only: any token may stand in its place.
      float[][] rows = model.logProbabilities(source, next);
      next[output.length] = likeliest(rows[output.length]);
      output = next;
    } while (output[output.length - 1] != END && output.length < 2 * source.length);
    return output;
  }

  private static int likeliest(float[] logProbabilities) {
    return IntStream.range(0, logProbabilities.length)
        .reduce((a, b) -> logProbabilities[b] > logProbabilities[a] ? b : a)
        .orElseThrow();
  }

  private void train(Seq2Seq model, List<EncodedPair> pairs) throws IOException {
    new Trainer(
            model,
            CONFIG,
            nothingToChoose -> new Validation(0, 0),
            new CheckpointStore(
                folder,
                new RunIdentity(model.parameters().config(), CONFIG, SEARCH, "known", "known")),
            new SilentListener())
        .train(new Epochs(epoch -> pairs, CONFIG.batchTokens(), CONFIG.seed()));
  }

  /** Pairs of random words, 1 to so many; no source occurs twice. */
  private static List<EncodedPair> distinctPairs(Task task, int longest) {
    Random random = new Random(1);
    Set<List<Integer>> sources = new LinkedHashSet<>();
    while (sources.size() < PAIRS + HELD_OUT) {
      int length = 1 + random.nextInt(longest);
      sources.add(random.ints(length, END + 1, VOCABULARY).boxed().toList());
    }
    return sources.stream().map(task::pair).toList();
  }

  private static ModelConfig sizes(CellType cell, ContextType context) {
    return new ModelConfig(
        cell,
        VOCABULARY,
        UNITS,
        Tying.THREE_WAY,
        new ModelConfig.Encoder(UNITS, 1, true),
        new ModelConfig.Decoder(2 * UNITS, 1),
        context,
        UNITS);
  }
}
