package io.streamglot.training.evaluate;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates a corpus as it would be served, and scores it.
 *
 * <p>Each distinct source is translated once and held against all its translations in the corpus.
 */
public final class Evaluator {

  private final Translator translator;
  private final SearchOptions options;

  /** An evaluator that searches with the model's own defaults. */
  public Evaluator(Translator translator) {
    this(translator, translator.manifest().search());
  }

  /**
   * An evaluator with its own search.
   *
   * @param translator what is evaluated; stays the caller's, who closes it
   * @param options how to search
   */
  public Evaluator(Translator translator, SearchOptions options) {
    this.translator = translator;
    this.options = options;
  }

  /**
   * Translates and scores.
   *
   * @param corpus sentences with their references, at least one pair
   * @throws IllegalArgumentException if the corpus is empty
   * @throws io.streamglot.translator.decode.DecodingException if ONNX Runtime fails
   */
  public Evaluation evaluate(ParallelCorpus corpus) {
    if (corpus.pairs().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: pairs to evaluate: expected at least 1, actual 0".formatted(corpus.name()));
    }
    Map<String, List<String>> referencesBySource = new LinkedHashMap<>();
    for (SentencePair pair : corpus.pairs()) {
      referencesBySource.computeIfAbsent(pair.source(), s -> new ArrayList<>()).add(pair.target());
    }
    List<String> sources = List.copyOf(referencesBySource.keySet());
    List<List<String>> references = List.copyOf(referencesBySource.values());
    List<String> hypotheses =
        translator.translate(sources, options).stream().map(Translation::text).toList();
    return new Evaluation(
        new Bleu().score(hypotheses, references),
        new Chrf().score(hypotheses, references),
        sources,
        hypotheses);
  }

  /**
   * What came out.
   *
   * @param bleu BLEU, tokenization 13a
   * @param chrf chrF2
   * @param sources the distinct sources in the order of the corpus
   * @param hypotheses the translation of each source
   */
  public record Evaluation(
      Bleu.Score bleu, Chrf.Score chrf, List<String> sources, List<String> hypotheses) {

    /** Copies the lists, so that a result never changes. */
    public Evaluation {
      sources = List.copyOf(sources);
      hypotheses = List.copyOf(hypotheses);
    }

    /** Number of distinct sources. */
    public int sentences() {
      return sources.size();
    }
  }
}
