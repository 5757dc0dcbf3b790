package io.streamglot.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A validation, as the history keeps it.
 *
 * @param step steps made so far
 * @param loss mean cross-entropy on the development data in nats a target token
 * @param bleu BLEU on the development data, 0 to 100
 * @param samples translations of the sentences that the report follows, by source, in order
 */
public record ValidationResult(int step, double loss, double bleu, Map<String, String> samples)
    implements RunHistory.Entry {

  /** Copies the map. */
  public ValidationResult {
    samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
  }
}
