package io.streamglot.training.export;

import io.streamglot.training.corpus.EvenSample;
import io.streamglot.training.model.TeacherForcing;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Holds a bundle, opened as serving opens it, to the model that it was exported from.
 *
 * <p>Two searches are made for each sentence, and each is followed by the model, fed with the
 * tokens that the search chose:
 *
 * <ul>
 *   <li>With the bundle's own search options, the score of every hypothesis of the beam is the
 *       log-probability that the model gives to its tokens, divided by the length to the power of
 *       the length penalty. {@value #TOLERANCE} of difference is allowed, relative to the score
 *       where that is above 1: some hundred additions in another order make about 1e-5.
 *   <li>With a beam of 1, every token is the one that the model finds most probable after the
 *       tokens before it, or one whose log-probability is at most {@value #TOLERANCE} lower.
 * </ul>
 *
 * <p>The first makes sure of the numbers, the second that the search follows them. Neither says
 * that a wide beam kept the best: that is for the tests, against a search in plain Java.
 */
public final class ParityCheck {

  /** Largest difference allowed in a score (relative above 1) and in a log-probability. */
  static final double TOLERANCE = 1e-4;

  private static final int MOST_SENTENCES = 200;
  private static final int BATCH_SIZE = 32;

  /**
   * What was compared, all of it within {@value #TOLERANCE}.
   *
   * @param sentences number of sentences
   * @param hypotheses hypotheses whose scores were compared
   * @param greedyTokens tokens that a beam of 1 chose and the model was asked about
   * @param largestDifference largest difference between two scores, as the tolerance counts it
   */
  public record Report(int sentences, int hypotheses, int greedyTokens, double largestDifference) {

    /** The report as a line for people. */
    public String summary() {
      return String.format(
          Locale.ROOT,
          "%,d sentences, %,d hypotheses, %,d greedy tokens, largest difference %.1e",
          sentences,
          hypotheses,
          greedyTokens,
          largestDifference);
    }
  }

  private final Limits limits;
  private final SearchOptions options;
  private final TeacherForcing model;

  private int hypotheses;
  private int greedyTokens;
  private double largestDifference;

  private ParityCheck(ModelBundle bundle, TeacherForcing model) {
    this.limits = bundle.manifest().limits();
    SearchOptions defaults = bundle.manifest().search();
    this.options = defaults.withNBest(defaults.beamSize());
    this.model = model;
  }

  /**
   * Compares on sentences of the source language: at most {@value #MOST_SENTENCES} of those within
   * the bundle's length, from all over the list, which may be sorted.
   *
   * @param bundle what was exported
   * @param model what it was exported from
   * @param sentences real text, as various as possible
   * @return what was compared
   * @throws ParityException if they differ
   * @throws IOException if the bundle cannot be opened
   * @throws IllegalArgumentException if no sentence is short enough
   */
  public static Report compare(ModelBundle bundle, TeacherForcing model, List<String> sentences)
      throws IOException, ParityException {
    try (Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile());
        Decoder decoder = Decoder.open(bundle, DecoderSettings.DEFAULT)) {
      int longest = bundle.manifest().limits().maxSourceLength();
      List<Sample> fitting =
          sentences.stream()
              .map(sentence -> new Sample(sentence, tokenizer.encode(sentence)))
              .filter(sample -> sample.source().length <= longest)
              .toList();
      List<Sample> samples = EvenSample.of(fitting, MOST_SENTENCES);
      if (samples.isEmpty()) {
        throw new IllegalArgumentException(
            "sentences to compare on: expected at least one of at most %d tokens, actual none of %d"
                .formatted(longest, sentences.size()));
      }
      ParityCheck check = new ParityCheck(bundle, model);
      for (int from = 0; from < samples.size(); from += BATCH_SIZE) {
        check.compare(decoder, samples.subList(from, Math.min(from + BATCH_SIZE, samples.size())));
      }
      return new Report(
          samples.size(), check.hypotheses, check.greedyTokens, check.largestDifference);
    }
  }

  /** A sentence and its token ids with the end token. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sample(String text, int[] source) {}

  private void compare(Decoder decoder, List<Sample> samples) throws ParityException {
    List<int[]> sources = samples.stream().map(Sample::source).toList();
    List<List<Hypothesis>> beams = decoder.decode(sources, options);
    List<List<Hypothesis>> greedy = decoder.decode(sources, options.withBeamSize(1));
    for (int i = 0; i < samples.size(); i++) {
      for (int rank = 0; rank < beams.get(i).size(); rank++) {
        compareScore(samples.get(i), rank, beams.get(i).get(rank));
      }
      compareChoices(samples.get(i), greedy.get(i).get(0));
    }
  }

  private void compareScore(Sample sample, int rank, Hypothesis hypothesis) throws ParityException {
    int[] target = hypothesis.tokensAnd(limits.endId());
    float[][] logProbabilities = model.logProbabilities(sample.source(), target);
    int length = scoredLength(sample, hypothesis);
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += logProbabilities[t][target[t]];
    }
    double expected = sum / Math.pow(length, options.lengthPenalty());
    double difference = Math.abs(expected - hypothesis.score()) / Math.max(1, Math.abs(expected));
    // Written so that NaN is refused, too.
    if (!(difference <= TOLERANCE)) {
      throw new ParityException(
          sample.text(),
          "score of hypothesis %d, tokens %s"
              .formatted(rank + 1, Arrays.toString(hypothesis.tokens())),
          expected,
          hypothesis.score());
    }
    hypotheses++;
    largestDifference = Math.max(largestDifference, difference);
  }

  private void compareChoices(Sample sample, Hypothesis hypothesis) throws ParityException {
    int[] target = hypothesis.tokensAnd(limits.endId());
    float[][] logProbabilities = model.logProbabilities(sample.source(), target);
    int length = scoredLength(sample, hypothesis);
    for (int t = 0; t < length; t++) {
      int best = argMax(logProbabilities[t]);
      float difference = logProbabilities[t][best] - logProbabilities[t][target[t]];
      if (!(difference <= TOLERANCE)) {
        throw new ParityException(
            sample.text(),
            "token %d of greedy search, after %s"
                .formatted(t + 1, Arrays.toString(Arrays.copyOf(hypothesis.tokens(), t))),
            "%d with log-probability %s".formatted(best, logProbabilities[t][best]),
            "%d with log-probability %s".formatted(target[t], logProbabilities[t][target[t]]));
      }
      greedyTokens++;
    }
  }

  /** Tokens with the end token, but without it where the limit of the sentence cut it off. */
  private int scoredLength(Sample sample, Hypothesis hypothesis) {
    int limit = options.maxTargetTokens(sample.source().length);
    return Math.min(hypothesis.tokens().length + 1, limit);
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
