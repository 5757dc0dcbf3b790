package io.streamglot.training.evaluate;

import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hypotheses of known making: of each sentence's last reference, every fourth word between spaces
 * is left out. sacreBLEU scored the same.
 */
record DegradedReferences(List<String> hypotheses, List<List<String>> references) {

  static DegradedReferences ofTatoebaDev() throws IOException {
    Map<String, List<String>> bySource = new LinkedHashMap<>();
    for (SentencePair pair : TatoebaDev.read().pairs()) {
      bySource.computeIfAbsent(pair.source(), s -> new ArrayList<>()).add(pair.target());
    }
    List<List<String>> references = List.copyOf(bySource.values());
    return new DegradedReferences(
        references.stream().map(r -> degrade(r.get(r.size() - 1))).toList(), references);
  }

  private static String degrade(String reference) {
    String[] words = reference.split(" ", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      if (i % 4 != 3) {
        kept.add(words[i]);
      }
    }
    return String.join(" ", kept);
  }
}
