package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.export.OnnxGraph.Top;
import io.streamglot.translator.decode.Sampling;
import java.util.Optional;

/**
 * A step that draws lots: each sentence has one hypothesis, which goes on with the token that a
 * {@link Sampler} draws. Finished ones are computed too, and choose the end token.
 *
 * @param growth {@link SearchSettings#growth}
 * @param exclusions float [b, N]: {@link Candidates#penalties}, so large that no temperature makes
 *     a token likely that the sentence may not use; absent if it may use all
 */
record DrawingStep(
    EnsembleGraph.Steps models,
    SearchSettings settings,
    Sentences sentences,
    Tensor growth,
    Sampler sampler,
    Optional<Tensor> exclusions)
    implements SearchStep {

  /**
   * The step of a loop.
   *
   * @param g the graph around it
   */
  static DrawingStep of(
      OnnxGraph g,
      EnsembleGraph.Steps models,
      SearchSettings settings,
      Sentences sentences,
      Tensor growth,
      Sampler sampler) {
    Optional<Tensor> exclusions =
        models.penalties(sentences.encoded()).stream()
            .findFirst()
            .map(each -> g.multiply(each, g.scalar((float) Sampling.MAX_TEMPERATURE)));
    return new DrawingStep(models, settings, sentences, growth, sampler, exclusions);
  }

  @Override
  public Result append(OnnxGraph g, Tensor index, State state) {
    DecoderStep.Result step =
        models.append(g, state.tokens(), state.states(), sentences.encoded(), new OneRowEach(g));
    Tensor logProbabilities = step.logProbabilities();
    Tensor usable = exclusions.map(each -> g.add(logProbabilities, each)).orElse(logProbabilities);
    Top drawn = sampler.append(g, usable, sentences.uniform(), index);
    Tensor ids =
        settings.candidates().map(all -> g.gather(all, drawn.indices())).orElse(drawn.indices());
    Tensor chosen = g.where(state.live(), ids, g.scalar(settings.endId()));
    Tensor kept = g.multiply(state.scores(), g.gather(growth, index));
    Tensor scores = g.where(state.live(), g.add(state.scores(), drawn.values()), kept);
    Tensor goesOn = g.not(g.equal(chosen, g.scalar(settings.endId())));
    Tensor live = g.and(goesOn, g.less(index, sentences.lastStep()));
    return new Result(
        new State(g.reshape(chosen, g.longs(-1)), scores, live, Optional.empty(), step.state()),
        new Choices(
            chosen,
            Optional.empty(),
            step.attention().map(weights -> g.first(weights, settings.attentionWidth()))));
  }
}
