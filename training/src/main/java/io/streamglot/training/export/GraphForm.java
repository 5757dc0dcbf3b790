package io.streamglot.training.export;

import io.streamglot.training.shortlist.Shortlist;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * In which form a model is exported.
 *
 * @param precision how it keeps its weights and computes its products
 * @param target where it is to run
 * @param shortlist the target tokens that a sentence may use; all if absent
 */
public record GraphForm(
    GraphPrecision precision, GraphTarget target, Optional<Shortlist> shortlist) {

  /** The one that computes as training does, but for the order of additions. */
  public static final GraphForm EXACT =
      new GraphForm(GraphPrecision.FP32, GraphTarget.CPU, Optional.empty());

  /** The form of a graph for the CPU. */
  public GraphForm(GraphPrecision precision, Optional<Shortlist> shortlist) {
    this(precision, GraphTarget.CPU, shortlist);
  }

  /** Whether it computes as training does. */
  public boolean isExact() {
    return equals(EXACT);
  }

  /** In words for the manifest, by name. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("precision", precision.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    properties.put("target", target.label());
    shortlist.ifPresent(tokens -> properties.put("shortlist", tokens.toString()));
    return properties;
  }

  /** Such as {@code int8 for cpu, shortlist of 400 tokens and 60 for each source token}. */
  @Override
  public String toString() {
    return properties().get("precision")
        + " for "
        + target.label()
        + shortlist.map(", shortlist of %s"::formatted).orElse("");
  }
}
