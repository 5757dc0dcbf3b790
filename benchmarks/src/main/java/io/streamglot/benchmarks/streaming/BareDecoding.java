package io.streamglot.benchmarks.streaming;

import io.streamglot.benchmarks.output.Spread;
import io.streamglot.translator.Translator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What texts take without a stream: each alone, several times, the median.
 *
 * @param translator the stream's own
 * @param repeats of each text, at least 1
 */
record BareDecoding(Translator translator, int repeats) {

  /** Milliseconds of each text; the translator must have nothing else to do. */
  Map<String, Double> millis(Set<String> texts) {
    Map<String, List<Double>> times = new HashMap<>();
    for (int round = 0; round < repeats; round++) {
      for (String text : texts) {
        long start = System.nanoTime();
        translator.translate(List.of(text));
        times
            .computeIfAbsent(text, none -> new ArrayList<>())
            .add((System.nanoTime() - start) / 1e6);
      }
    }
    Map<String, Double> medians = new HashMap<>();
    times.forEach((text, millis) -> medians.put(text, Spread.of(millis).median()));
    return medians;
  }
}
