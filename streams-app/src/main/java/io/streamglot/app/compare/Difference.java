package io.streamglot.app.compare;

import java.util.OptionalDouble;

/**
 * A pair that is not identical.
 *
 * @param chrf sentence chrF of NEW against OLD, 0 to 100, where both translated
 */
public record Difference(OutcomePair pair, OptionalDouble chrf) {}
