package io.streamglot.translator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the translation of a text of those of its sentences. */
final class JoinedTranslation {

  private final EncodedText text;
  private final List<Translation> sentences;

  /**
   * A text and what became of it.
   *
   * @param sentences as many translations as the text has sentences, in their order
   */
  JoinedTranslation(EncodedText text, List<Translation> sentences) {
    this.text = text;
    this.sentences = sentences;
  }

  /**
   * The best translations joined, with what lies between the sentences. The k-th alternative joins
   * the k-th of each sentence, or the last that it has. A score is the mean of the sentences',
   * weighted with the tokens of the best.
   */
  Translation join() {
    int most = sentences.stream().mapToInt(s -> s.alternatives().size()).max().orElse(0);
    Map<String, Float> scores = new LinkedHashMap<>();
    for (int rank = 0; rank <= most; rank++) {
      scores.putIfAbsent(text(rank), score(rank));
    }
    List<Translation.Alternative> all =
        scores.entrySet().stream()
            .map(joined -> new Translation.Alternative(joined.getKey(), joined.getValue()))
            .toList();
    return new Translation(
        all.get(0).text(),
        all.get(0).score(),
        all.subList(1, all.size()),
        text.truncated() || sentences.stream().anyMatch(Translation::truncated),
        sentences.stream().mapToInt(Translation::tokens).sum());
  }

  private String text(int rank) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < sentences.size(); i++) {
      joined.append(text.sentences().get(i).before()).append(ranked(i, rank).text());
    }
    return joined.append(text.tail()).toString();
  }

  private float score(int rank) {
    double sum = 0;
    long tokens = 0;
    for (int i = 0; i < sentences.size(); i++) {
      int weight = Math.max(1, sentences.get(i).tokens());
      sum += (double) ranked(i, rank).score() * weight;
      tokens += weight;
    }
    return tokens == 0 ? 0 : (float) (sum / tokens);
  }

  private Translation.Alternative ranked(int sentence, int rank) {
    Translation translation = sentences.get(sentence);
    int last = translation.alternatives().size();
    return rank == 0 || last == 0
        ? new Translation.Alternative(translation.text(), translation.score())
        : translation.alternatives().get(Math.min(rank, last) - 1);
  }
}
