package io.streamglot.translator.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Hypotheses of known making: of each sentence's last reference, every fourth word between spaces
 * is left out. sacreBLEU scored the same.
 */
record DegradedReferences(List<String> hypotheses, List<List<String>> references) {

  private static final Path TATOEBA_DEV =
      Path.of("../training/src/test/resources/tatoeba-en-fr/dev.tsv.gz");

  static DegradedReferences ofTatoebaDev() throws IOException {
    Map<String, List<String>> bySource = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TATOEBA_DEV)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = line.split("\t", -1);
        bySource.computeIfAbsent(pair[0], source -> new ArrayList<>()).add(pair[1]);
      }
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
