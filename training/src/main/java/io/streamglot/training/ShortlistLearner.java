package io.streamglot.training;

import io.streamglot.training.corpus.EncodedPair;
import io.streamglot.training.corpus.EvenSample;
import io.streamglot.training.export.GraphForm;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.recipe.Serving;
import io.streamglot.training.shortlist.Shortlist;
import io.streamglot.training.tokenizer.SpecialTokens;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learns which target tokens a sentence needs: from the training pairs, and from what the trained
 * model makes of their sources, all hypotheses of each beam. The same coverage of what the model
 * says takes half as many tokens as with the pairs alone.
 */
final class ShortlistLearner {

  /** Most sources to translate: a few minutes. */
  private static final int MOST_SOURCES = 150_000;

  private static final int BATCH = 64;

  private final TrainingPlan plan;
  private final TrainingData data;
  private final ServedValidator validator;

  /**
   * A learner.
   *
   * @param validator exports the model for its translations
   */
  ShortlistLearner(TrainingPlan plan, TrainingData data, ServedValidator validator) {
    this.plan = plan;
    this.data = data;
    this.validator = validator;
  }

  /**
   * Learns the shortlist that the recipe asks for.
   *
   * @param members the parameters of the model, or of several that decide together
   */
  Shortlist learn(List<ModelWeights> members) throws IOException {
    Serving serving = plan.recipe().serving();
    SearchOptions search = plan.recipe().search();
    GraphForm without = new GraphForm(serving.precision(), serving.target(), Optional.empty());
    ModelBundle bundle = validator.export(members, without, search);
    try (Decoder decoder = Decoder.open(bundle, DecoderSettings.DEFAULT)) {
      Stream<EncodedPair> translated = translated(decoder, search.withNBest(search.beamSize()));
      return Shortlist.learn(
          Stream.concat(data.train().stream(), translated).toList(),
          data.vocabularySize(),
          Math.min(serving.frequent(), data.vocabularySize()),
          serving.translations());
    }
  }

  private Stream<EncodedPair> translated(Decoder decoder, SearchOptions search) {
    List<int[]> sources = sources();
    List<List<int[]>> batches = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += BATCH) {
      batches.add(sources.subList(from, Math.min(from + BATCH, sources.size())));
    }
    return batches.parallelStream().flatMap(batch -> translated(decoder, search, batch));
  }

  private static Stream<EncodedPair> translated(
      Decoder decoder, SearchOptions search, List<int[]> batch) {
    List<List<Hypothesis>> found = decoder.decode(batch, search);
    return IntStream.range(0, batch.size())
        .boxed()
        .flatMap(
            i ->
                found.get(i).stream()
                    .map(
                        hypothesis ->
                            new EncodedPair(
                                batch.get(i), hypothesis.tokensAnd(SpecialTokens.END))));
  }

  /** Different sources from all over the corpus, sorted by length. */
  private List<int[]> sources() {
    List<int[]> sorted =
        data.train().stream()
            .map(EncodedPair::source)
            .sorted(
                Comparator.<int[]>comparingInt(ids -> ids.length).thenComparing(Arrays::compare))
            .toList();
    List<int[]> distinct = new ArrayList<>();
    for (int[] source : sorted) {
      if (distinct.isEmpty() || !Arrays.equals(distinct.get(distinct.size() - 1), source)) {
        distinct.add(source);
      }
    }
    return EvenSample.of(distinct, MOST_SOURCES);
  }
}
