package io.streamglot.benchmarks.streaming;

import io.streamglot.benchmarks.output.Spread;
import io.streamglot.translator.Translator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * What texts take without a stream: each alone, several times, the median.
 *
 * @param translator the stream's own, with nothing else to do
 * @param repeats of each text, at least 1
 */
record BareDecoding(Translator translator, int repeats) {

  /** Milliseconds of each text, one after another without a pause. */
  Map<String, Double> backToBack(Set<String> texts) {
    return medians(texts, index -> {});
  }

  /**
   * Milliseconds of each text at the pace of a load. Between two messages a processor sleeps and
   * its caches go to others; a text that wakes it takes several times as long.
   */
  Map<String, Double> paced(Set<String> texts, OpenLoop load) {
    long start = System.nanoTime();
    return medians(texts, index -> OpenLoop.awaitNanoTime(start + load.dueNanos(index)));
  }

  /** Waits before each text, which are counted through all repeats. */
  private Map<String, Double> medians(Set<String> texts, IntConsumer before) {
    Map<String, List<Double>> times = new HashMap<>();
    int index = 0;
    for (int round = 0; round < repeats; round++) {
      for (String text : texts) {
        before.accept(index++);
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
