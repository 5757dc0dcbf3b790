package io.streamglot.benchmarks.streaming;

import io.streamglot.benchmarks.output.Spread;
import java.util.List;
import java.util.Map;

/**
 * What texts take without a stream, in milliseconds; at least one text.
 *
 * @param backToBack of each text, one after another without a pause
 * @param paced of each text, when it was due in the load
 */
public record BareTimes(Map<String, Double> backToBack, Map<String, Double> paced) {

  /** Copies the times. */
  public BareTimes {
    backToBack = Map.copyOf(backToBack);
    paced = Map.copyOf(paced);
  }

  /** Of all texts back to back. */
  public double backToBackMedian() {
    return Spread.of(List.copyOf(backToBack.values())).median();
  }

  /** Of all texts at the pace of the load. */
  public double pacedMedian() {
    return Spread.of(List.copyOf(paced.values())).median();
  }
}
