package io.streamglot.training.evaluate;

import io.streamglot.training.corpus.ParallelCorpus;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Chrf;
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
  private final Bleu bleu;

  /** Searches with the model's own defaults, scores as is standard for its target language. */
  public Evaluator(Translator translator) {
    this(
        translator,
        translator.manifest().search(),
        Bleu.standard(translator.manifest().targetLanguage()));
  }

  /**
   * An evaluator with its own search and scoring.
   *
   * @param translator what is evaluated; stays the caller's, who closes it
   * @param options how to search
   * @param bleu how to compute BLEU
   */
  public Evaluator(Translator translator, SearchOptions options, Bleu bleu) {
    this.translator = translator;
    this.options = options;
    this.bleu = bleu;
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
        bleu.score(hypotheses, references),
        new Chrf().score(hypotheses, references),
        sources,
        hypotheses,
        references);
  }

  /**
   * What came out.
   *
   * @param bleu BLEU; its signature says how
   * @param chrf chrF2
   * @param sources the distinct sources in the order of the corpus
   * @param hypotheses the translation of each source
   * @param references of each source its translations in the corpus, at least one
   */
  public record Evaluation(
      Bleu.Score bleu,
      Chrf.Score chrf,
      List<String> sources,
      List<String> hypotheses,
      List<List<String>> references) {

    /** Copies the lists, so that a result never changes. */
    public Evaluation {
      sources = List.copyOf(sources);
      hypotheses = List.copyOf(hypotheses);
      references = references.stream().map(List::copyOf).toList();
    }

    /** Number of distinct sources. */
    public int sentences() {
      return sources.size();
    }
  }
}
