package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Sampling;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The sampling of the exported graph in plain Java, one sentence at a time. */
final class PlainSampler {

  private final PlainModel model;
  private final int startId;
  private final int endId;

  PlainSampler(ModelConfig config, ModelWeights weights, int startId, int endId) {
    this.model = new PlainModel(config, weights, startId);
    this.startId = startId;
    this.endId = endId;
  }

  /** Tokens without the end token, and log p / length^penalty. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Drawn(int[] tokens, double score) {}

  /**
   * Draws the tokens of a sentence.
   *
   * @param prefix its first ones, which take no lots
   * @param candidates tokens that the sentence may use; null for all
   */
  Drawn draw(
      int[] source, int[] prefix, SearchOptions options, Sampling sampling, BitSet candidates) {
    int limit = options.maxTargetTokens(source.length);
    float[] lots = sampling.lots(source, limit);
    PlainModel.Source encoded = model.encode(source).with(candidates);
    PlainModel.State state = encoded.start();
    int[] tokens = new int[limit];
    double sum = 0;
    int token = startId;
    int length = 0;
    while (length < limit && (length == 0 || token != endId)) {
      PlainModel.Step step =
          model.step(encoded, new int[] {token}, new PlainModel.State[] {state})[0];
      token =
          length < prefix.length
              ? prefix[length]
              : draw(step.logProbabilities(), sampling, lots[length - prefix.length]);
      state = step.state();
      sum += step.logProbabilities()[token];
      tokens[length++] = token;
    }
    int end = token == endId ? length - 1 : length;
    return new Drawn(Arrays.copyOf(tokens, end), sum / Math.pow(length, options.lengthPenalty()));
  }

  private static int draw(float[] logProbabilities, Sampling sampling, float lot) {
    List<Integer> ranked =
        IntStream.range(0, logProbabilities.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> logProbabilities[i]).reversed())
            .limit(sampling.topK() == 0 ? logProbabilities.length : sampling.topK())
            .toList();
    double[] shares =
        ranked.stream()
            .mapToDouble(i -> Math.exp(logProbabilities[i] / sampling.temperature()))
            .toArray();
    double all = Arrays.stream(shares).sum();
    int kept = 0;
    double whole = 0;
    while (kept < shares.length && whole / all < sampling.topP()) {
      whole += shares[kept++];
    }
    double reached = 0;
    for (int i = 0; i < kept; i++) {
      reached += shares[i];
      if (reached >= lot * whole) {
        return ranked.get(i);
      }
    }
    return ranked.get(kept - 1);
  }
}
