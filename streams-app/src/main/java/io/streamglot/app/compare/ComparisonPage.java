package io.streamglot.app.compare;

import io.streamglot.app.compare.RecordedOutcome.Failed;
import io.streamglot.app.compare.RecordedOutcome.Translated;
import io.streamglot.app.compare.WordDifference.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a comparison as one HTML file that needs no other and no network.
 *
 * <p>Every difference is in the page as text; the script only hides and sorts them, and the browser
 * lays out those in sight (CSS {@code content-visibility}). The page's own policy (W3C Content
 * Security Policy) lets nothing be fetched and no script run but its own, so that a text which
 * slipped through the escaping could do nothing either.
 */
public final class ComparisonPage {

  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final Comparison comparison;
  private final List<String> failures;
  private final StringBuilder html = new StringBuilder();

  private ComparisonPage(Comparison comparison, List<String> failures) {
    this.comparison = comparison;
    this.failures = failures;
  }

  /**
   * Writes the file, in one step.
   *
   * @param failures what the gates say, a line each
   * @throws ComparisonException if it cannot be written
   */
  public static void write(Comparison comparison, List<String> failures, Path file) {
    try {
      ReplacedFile.write(file, new ComparisonPage(comparison, failures).page());
    } catch (IOException e) {
      throw ReplacedFile.unwritable(file, e);
    }
  }

  private String page() {
    String title =
        "%s and %s compared".formatted(comparison.old().name(), comparison.candidate().name());
    add(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; \
        script-src '%s'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <h1>%s</h1>
        """,
        hash(STYLE), hash(SCRIPT), ShownText.html(title), STYLE, ShownText.html(title));
    failures.forEach(line -> add("<p class=\"failed\">Failed: %s</p>\n", ShownText.html(line)));
    addSides();
    addClasses();
    addScores();
    addQuantities();
    addFigures();
    addFilters();
    add("<main id=\"differences\">\n");
    comparison.differences().forEach(this::addDifference);
    add("</main>\n<script>%s</script>\n</body>\n</html>\n", SCRIPT);
    return html.toString();
  }

  private void addSides() {
    add("<section><h2>Sides</h2>\n<table>\n<tr><th></th><th>Outcomes</th><th>Models</th></tr>\n");
    addSide("OLD", comparison.old());
    addSide("NEW", comparison.candidate());
    add("</table></section>\n");
  }

  private void addSide(String label, SideSummary side) {
    String models =
        side.models().entrySet().stream()
            .map(model -> text("%s: %,d", ShownText.html(model.getKey()), model.getValue()))
            .collect(Collectors.joining("<br>"));
    add(
        "<tr><th scope=\"row\">%s %s</th><td>%,d</td><td>%s</td></tr>\n",
        label, ShownText.html(side.name()), side.outcomes(), models);
  }

  private void addClasses() {
    add("<section><h2>Outcomes</h2>\n<table>\n");
    for (OutcomeClass outcomeClass : OutcomeClass.values()) {
      add(
          "<tr><th scope=\"row\">%s</th><td>%,d</td><td>%.2f %%</td><td>%s</td></tr>\n",
          outcomeClass,
          comparison.count(outcomeClass),
          100 * comparison.share(outcomeClass),
          outcomeClass.meaning());
    }
    add("</table></section>\n");
  }

  private void addScores() {
    comparison
        .agreement()
        .ifPresent(
            scores ->
                add(
                    """
                    <section><h2>NEW against OLD</h2>
                    <table>
                    <tr><th scope="row">BLEU</th><td>%.2f</td></tr>
                    <tr><th scope="row">chrF2</th><td>%.2f</td></tr>
                    </table>
                    <p class="signature">%s<br>%s</p></section>
                    """,
                    scores.bleu(),
                    scores.chrf(),
                    ShownText.html(scores.bleuSignature()),
                    ShownText.html(scores.chrfSignature())));
    comparison
        .references()
        .ifPresent(
            scores ->
                add(
                    """
                    <section><h2>Against references (%,d messages)</h2>
                    <table>
                    <tr><th></th><th>OLD</th><th>NEW</th><th>Difference</th><th>p</th></tr>
                    <tr><th scope="row">BLEU</th><td>%.2f</td><td>%.2f</td><td>%+.2f</td>\
                    <td>%.4f</td></tr>
                    <tr><th scope="row">chrF2</th><td>%.2f</td><td>%.2f</td><td>%+.2f</td>\
                    <td>%.4f</td></tr>
                    </table>
                    <p class="signature">%s<br>%s</p></section>
                    """,
                    scores.messages(),
                    scores.old().bleu(),
                    scores.candidate().bleu(),
                    scores.bleuDifference(),
                    scores.bleuP(),
                    scores.old().chrf(),
                    scores.candidate().chrf(),
                    scores.chrfDifference(),
                    scores.chrfP(),
                    ShownText.html(scores.old().bleuSignature()),
                    ShownText.html(scores.old().chrfSignature())));
  }

  private void addQuantities() {
    add(
        """
        <section><h2>Median and 95th percentile</h2>
        <table>
        <tr><th></th><th>OLD</th><th>NEW</th><th>Difference</th></tr>
        """);
    addQuantity("Score", "%.3f", comparison.score());
    addQuantity("Characters", "%.0f", comparison.length());
    addQuantity("Latency (ms)", "%.0f", comparison.latency());
    add("</table></section>\n");
  }

  private void addQuantity(String name, String form, Optional<PairedSummary> quantity) {
    quantity.ifPresent(
        summary ->
            add(
                "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                name,
                quantiles(form, summary.old()),
                quantiles(form, summary.candidate()),
                quantiles(form, summary.difference())));
  }

  private static String quantiles(String form, PairedSummary.Quantiles quantiles) {
    return text(form + " / " + form, quantiles.median(), quantiles.p95());
  }

  private void addFigures() {
    if (comparison.count(OutcomeClass.CHANGED) == 0) {
      return;
    }
    add("<section class=\"wide\"><h2>What changed</h2>\n<div class=\"figures\">\n");
    html.append(HistogramFigure.svg("chrF2 of NEW against OLD", "%.0f", comparison.chrfs()));
    html.append(HistogramFigure.svg("Score, NEW less OLD", "%.1f", comparison.scoreDifferences()));
    html.append(HistogramFigure.svg("Length, NEW by OLD", "%.1f", comparison.lengthRatios()));
    add("</div></section>\n");
  }

  private void addFilters() {
    TreeSet<String> languages = new TreeSet<>();
    comparison.differences().forEach(d -> languages.add(d.pair().key().targetLanguage()));
    languages.remove(OutcomeKey.EVERY);
    List<String> classes =
        Arrays.stream(OutcomeClass.values())
            .filter(outcomeClass -> outcomeClass != OutcomeClass.IDENTICAL)
            .map(OutcomeClass::toString)
            .toList();
    long left =
        comparison.total()
            - comparison.count(OutcomeClass.IDENTICAL)
            - comparison.differences().size();
    add("<h2>Differences</h2>\n");
    if (left > 0) {
      add("<p>%,d more are not in this file.</p>\n", left);
    }
    add("<div id=\"filters\" role=\"search\">\n");
    add("<label>Class <select name=\"class\">%s</select></label>\n", options(classes));
    add("<label>Language <select name=\"language\">%s</select></label>\n", options(languages));
    add(
        """
        <label>Text <input name="text" type="search"></label>
        <label>Sort by <select name="sort"><option value="">change, worst first</option>\
        <option value="score">score, greatest loss first</option>\
        <option value="length">length, greatest change first</option></select></label>
        <output id="shown"></output>
        <span class="keys"><kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>/</kbd> search</span>
        </div>
        """);
  }

  private static String options(Iterable<String> values) {
    StringBuilder options = new StringBuilder("<option value=\"\">all</option>");
    values.forEach(
        value -> options.append("<option>").append(ShownText.html(value)).append("</option>"));
    return options.toString();
  }

  private void addDifference(Difference difference) {
    OutcomePair pair = difference.pair();
    List<String> data = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    if (pair.old() instanceof Translated old && pair.candidate() instanceof Translated candidate) {
      float score = candidate.score() - old.score();
      double length = (double) candidate.length() / Math.max(1, old.length());
      data.add(text("data-score=\"%.4f\" data-length=\"%.4f\"", score, length));
      facts.add(text("chrF2 %.1f", difference.chrf().orElseThrow()));
      facts.add(text("score %+.3f", score));
      facts.add(text("length ×%.2f", length));
    }
    String language = ShownText.html(pair.key().targetLanguage());
    add(
        """
        <article tabindex="-1" data-class="%s" data-language="%s" %s>
        <h3>%s <span>%s</span> <span class="class">%s</span> <small>%s</small></h3>
        """,
        pair.outcomeClass(),
        language,
        String.join(" ", data),
        ShownText.html(pair.key().messageId()),
        language,
        pair.outcomeClass(),
        String.join(" · ", facts));
    addTexts(pair, language);
    add("</article>\n");
  }

  private void addTexts(OutcomePair pair, String language) {
    if (pair.old() instanceof Translated old && pair.candidate() instanceof Translated candidate) {
      WordDifference words = WordDifference.of(old.text(), candidate.text());
      addText("OLD", language, marked(words.old(), "del"));
      addText("NEW", language, marked(words.candidate(), "ins"));
    } else {
      addText("OLD", language, shown(pair.old()));
      addText("NEW", language, shown(pair.candidate()));
    }
  }

  private void addText(String side, String language, String text) {
    add("<p><b>%s</b><bdi lang=\"%s\">%s</bdi></p>\n", side, language, text);
  }

  private static String marked(List<Part> parts, String element) {
    StringBuilder marked = new StringBuilder();
    for (Part part : parts) {
      String text = ShownText.html(part.text());
      marked.append(part.changed() ? "<%s>%s</%s>".formatted(element, text, element) : text);
    }
    return marked.toString();
  }

  private static String shown(RecordedOutcome outcome) {
    if (outcome instanceof Translated translated) {
      return ShownText.html(translated.text());
    }
    return outcome instanceof Failed failed
        ? "<i>%s: %s</i>"
            .formatted(ShownText.html(failed.reason()), ShownText.html(failed.message()))
        : "<i>nothing</i>";
  }

  private void add(String form, Object... values) {
    html.append(text(form, values));
  }

  private static String text(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  private static String hash(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ComparisonPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
