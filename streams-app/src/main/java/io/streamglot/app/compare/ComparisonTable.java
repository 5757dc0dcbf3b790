package io.streamglot.app.compare;

import io.streamglot.app.compare.RecordedOutcome.Failed;
import io.streamglot.app.compare.RecordedOutcome.Translated;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Prints a comparison for people at a terminal. */
public final class ComparisonTable {

  private final Comparison comparison;
  private final PrintWriter out;

  private ComparisonTable(Comparison comparison, PrintWriter out) {
    this.comparison = comparison;
    this.out = out;
  }

  /**
   * Prints.
   *
   * @param worst how many of the differences to show, at least 0
   */
  public static void print(Comparison comparison, int worst, PrintWriter out) {
    ComparisonTable table = new ComparisonTable(comparison, out);
    table.printSide("OLD", comparison.old());
    table.printSide("NEW", comparison.candidate());
    table.printClasses();
    table.printScores();
    table.printQuantities();
    table.printDifferences(worst);
    out.flush();
  }

  private void printSide(String label, SideSummary side) {
    line("%s  %s: %,d outcomes", label, ShownText.of(side.name()), side.outcomes());
    side.models().forEach((model, count) -> line("     %,12d by %s", count, ShownText.of(model)));
  }

  private void printClasses() {
    line("");
    for (OutcomeClass outcomeClass : OutcomeClass.values()) {
      line(
          "%-12s %,12d %8.2f %%  %s",
          outcomeClass,
          comparison.count(outcomeClass),
          100 * comparison.share(outcomeClass),
          outcomeClass.meaning());
    }
  }

  private void printScores() {
    comparison
        .agreement()
        .ifPresent(
            scores -> {
              line("");
              line("NEW against OLD: BLEU %.2f, chrF2 %.2f", scores.bleu(), scores.chrf());
              line("  %s", scores.bleuSignature());
              line("  %s", scores.chrfSignature());
            });
    comparison
        .references()
        .ifPresent(
            scores -> {
              line("");
              line("Against references (%,d messages)", scores.messages());
              line("        %9s %9s %11s %9s", "OLD", "NEW", "difference", "p");
              line(
                  "  BLEU  %9.2f %9.2f %+11.2f %9.4f",
                  scores.old().bleu(),
                  scores.candidate().bleu(),
                  scores.bleuDifference(),
                  scores.bleuP());
              line(
                  "  chrF2 %9.2f %9.2f %+11.2f %9.4f",
                  scores.old().chrf(),
                  scores.candidate().chrf(),
                  scores.chrfDifference(),
                  scores.chrfP());
              line("  %s", scores.old().bleuSignature());
              line("  %s", scores.old().chrfSignature());
            });
  }

  private void printQuantities() {
    line("");
    line("median / p95      %21s %21s %21s", "OLD", "NEW", "difference");
    printQuantity("score", "%.3f", comparison.score());
    printQuantity("characters", "%.0f", comparison.length());
    printQuantity("latency ms", "%.0f", comparison.latency());
  }

  private void printQuantity(String name, String form, Optional<PairedSummary> quantity) {
    line(
        "%-17s %21s %21s %21s",
        name,
        quantity.map(q -> quantiles(form, q.old())).orElse("-"),
        quantity.map(q -> quantiles(form, q.candidate())).orElse("-"),
        quantity.map(q -> quantiles(form, q.difference())).orElse("-"));
  }

  private static String quantiles(String form, PairedSummary.Quantiles quantiles) {
    return String.format(Locale.ROOT, form + " / " + form, quantiles.median(), quantiles.p95());
  }

  private void printDifferences(int worst) {
    comparison.differences().stream().limit(worst).forEach(this::printDifference);
  }

  private void printDifference(Difference difference) {
    OutcomePair pair = difference.pair();
    line("");
    line(
        "%s  %s  %s%s",
        ShownText.of(pair.key().messageId()),
        ShownText.of(pair.key().targetLanguage()),
        pair.outcomeClass(),
        difference.chrf().isPresent()
            ? String.format(Locale.ROOT, "  chrF2 %.1f", difference.chrf().getAsDouble())
            : "");
    line("  OLD  %s", shown(pair.old()));
    line("  NEW  %s", shown(pair.candidate()));
  }

  private static String shown(RecordedOutcome outcome) {
    if (outcome instanceof Translated translated) {
      return ShownText.of(translated.text());
    }
    return outcome instanceof Failed failed
        ? "(%s: %s)".formatted(failed.reason(), ShownText.of(failed.message()))
        : "(nothing)";
  }

  private void line(String form, Object... values) {
    out.println(String.format(Locale.ROOT, form, values).stripTrailing());
  }
}
