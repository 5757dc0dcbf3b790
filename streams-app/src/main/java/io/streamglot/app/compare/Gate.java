package io.streamglot.app.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that fails a comparison when it is passed, such as {@code changed>5%} or {@code
 * bleu<-0.5}.
 *
 * @param measure what is bounded
 * @param above whether it fails above the bound; if not, below
 * @param bound in points, pairs or percent of all pairs
 * @param percent whether the bound is a share; only of counts
 */
public record Gate(Measure measure, boolean above, double bound, boolean percent) {

  private static final Pattern FORM =
      Pattern.compile("([a-z-]+)\\s*([<>])\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*(%?)");

  /**
   * Reads gates.
   *
   * @param text gates with commas between them
   * @return at least one
   * @throws ComparisonException if one is not of the form
   */
  public static List<Gate> parse(String text) {
    List<Gate> gates = new ArrayList<>();
    for (String gate : text.split(",", -1)) {
      gates.add(parseOne(gate.strip()));
    }
    return List.copyOf(gates);
  }

  private static Gate parseOne(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ComparisonException(
          "expected gates such as changed>5% or bleu<-0.5, with commas between them, actual '"
              + text
              + "'");
    }
    Measure measure =
        Arrays.stream(Measure.values())
            .filter(known -> known.toString().equals(form.group(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new ComparisonException(
                        "expected one of %s, actual '%s'".formatted(Measure.NAMES, form.group(1))));
    boolean percent = !form.group(4).isEmpty();
    if (percent && !measure.isCount()) {
      throw new ComparisonException("expected %% only after counts, actual '%s'".formatted(text));
    }
    return new Gate(measure, form.group(2).equals(">"), Double.parseDouble(form.group(3)), percent);
  }

  /**
   * Holds a comparison to it. What has no value fails: nothing was shown to be right.
   *
   * @return a line that says what failed; empty where it passes
   */
  public Optional<String> failure(Comparison comparison) {
    OptionalDouble value = measure.value(comparison);
    if (value.isEmpty()) {
      return Optional.of(
          "%s: expected a value, actual none: both sides translated no message%s"
              .formatted(this, measure.needsReferences() ? " that has references" : ""));
    }
    double actual = percent ? 100 * value.getAsDouble() / comparison.total() : value.getAsDouble();
    boolean failed = above ? actual > bound : actual < bound;
    return failed
        ? Optional.of(
            "%s: expected %s %s%s, actual %s%s"
                .formatted(
                    measure,
                    above ? "at most" : "at least",
                    number(bound),
                    unit(),
                    number(actual),
                    unit()))
        : Optional.empty();
  }

  private String unit() {
    return percent ? " %" : "";
  }

  /** As many digits as tell it from the bound: counts have none, p-values four. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return measure + (above ? ">" : "<") + number(bound) + (percent ? "%" : "");
  }
}
