package io.streamglot.training.report;

import io.streamglot.training.report.LineChart.Line;
import io.streamglot.training.report.LineChart.Value;
import io.streamglot.training.report.RunReport.LengthScore;
import io.streamglot.training.report.RunReport.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Lays a {@link RunReport} out as HTML. For one page; not thread-safe. */
final class ReportPage {

  /** A curve is not wider than some hundred pixels; more points would only be in the way. */
  private static final int MOST_POINTS = 300;

  private final RunReport report;
  private final Markup out = new Markup();

  ReportPage(RunReport report) {
    this.report = report;
  }

  /**
   * The page.
   *
   * @throws IOException if the style sheet cannot be read from the jar
   */
  String html() throws IOException {
    out.markup("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width");
    out.element("title", report.title() + ": training report");
    out.open("style").markup(style()).close().close();
    out.open("body").element("h1", report.title());
    table("facts", facts());
    curves();
    lengths();
    attention();
    samples();
    data();
    filter();
    recipe();
    return out.close().close().toString();
  }

  private static String style() throws IOException {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    report.validations().stream()
        .max(Comparator.comparingDouble(ValidationResult::bleu))
        .ifPresent(
            best -> {
              facts.put("best dev BLEU", format("%.2f at step %,d", best.bleu(), best.step()));
              facts.put("dev perplexity there", format("%.2f", Math.exp(best.loss())));
            });
    if (!report.steps().isEmpty()) {
      long tokens = report.steps().stream().mapToLong(StepMeans::tokens).sum();
      double seconds = report.steps().stream().mapToDouble(StepMeans::seconds).sum();
      int last = report.steps().get(report.steps().size() - 1).step();
      facts.put("steps", format("%,d", last));
      facts.put("time in steps", duration(seconds));
      facts.put("target tokens", format("%,d, %,.0f a second", tokens, tokens / seconds));
    }
    return facts;
  }

  private void curves() {
    List<LineChart> charts = new ArrayList<>();
    List<Line> loss =
        List.of(
            new Line("train", steps(StepMeans::loss)),
            new Line("dev", dev(ValidationResult::loss)));
    addIfDrawn(charts, "Loss, nats a target token", loss);
    addIfDrawn(
        charts,
        "BLEU on the development data",
        List.of(new Line("dev BLEU", dev(ValidationResult::bleu))));
    addIfDrawn(
        charts,
        "Learning rate",
        List.of(new Line("learning rate", steps(StepMeans::learningRate))));
    addIfDrawn(
        charts,
        "Gradient norm before clipping",
        List.of(new Line("gradient norm", steps(StepMeans::gradientNorm))));
    addIfDrawn(
        charts,
        "Target tokens a second",
        List.of(new Line("tokens a second", steps(StepMeans::tokensPerSecond))));
    if (charts.isEmpty()) {
      return;
    }
    out.element("h2", "Curves").open("div", "class", "charts");
    charts.forEach(chart -> chart.figure().inline(out));
    out.close();
  }

  private static void addIfDrawn(List<LineChart> charts, String title, List<Line> lines) {
    if (lines.stream().anyMatch(line -> !line.values().isEmpty())) {
      charts.add(new LineChart(title, "step", lines));
    }
  }

  private List<Value> dev(ToDoubleFunction<ValidationResult> value) {
    return report.validations().stream()
        .map(result -> new Value(result.step(), value.applyAsDouble(result)))
        .toList();
  }

  /** A curve of the steps; of a long run each point is a mean over several. */
  private List<Value> steps(ToDoubleFunction<StepMeans> value) {
    List<StepMeans> steps = report.steps();
    int together = 1 + (steps.size() - 1) / MOST_POINTS;
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += together) {
      List<StepMeans> part = steps.subList(i, Math.min(i + together, steps.size()));
      double mean = part.stream().mapToDouble(value).average().orElseThrow();
      values.add(new Value(part.get(part.size() - 1).step(), mean));
    }
    return values;
  }

  private void lengths() {
    if (report.lengths().isEmpty()) {
      return;
    }
    LengthChart chart =
        new LengthChart(
            "BLEU by length of the source",
            "words of the source",
            report.lengths().stream()
                .map(score -> new LengthChart.Bucket(score.length(), score.sentences()))
                .toList(),
            List.of(
                new LengthChart.Line(
                    "dev BLEU", report.lengths().stream().map(LengthScore::bleu).toList())));
    out.element("h2", "Length").open("div", "class", "charts");
    chart.figure().inline(out);
    out.close();
  }

  private void attention() {
    if (report.heatMaps().isEmpty()) {
      return;
    }
    out.element("h2", "Attention").open("div", "class", "maps");
    for (AttentionHeatMap map : report.heatMaps()) {
      out.open("div");
      map.figure().inline(out);
      out.close();
    }
    out.close();
  }

  private void samples() {
    if (report.samples().isEmpty()) {
      return;
    }
    out.element("h2", "Samples over time");
    out.element("p", "A line for each validation that changed the translation.");
    report.samples().forEach(this::sample);
  }

  private void sample(Sample sample) {
    out.open("table", "class", "sample");
    row("source", sample.source(), report.sourceLanguage());
    for (String reference : sample.references()) {
      row("reference", reference, report.targetLanguage());
    }
    String before = null;
    for (ValidationResult result : report.validations()) {
      String now = result.samples().get(sample.source());
      if (now != null && !now.equals(before)) {
        row(format("step %,d", result.step()), now, report.targetLanguage());
        before = now;
      }
    }
    out.close();
  }

  private void row(String name, String text, String language) {
    out.open("tr").element("th", name);
    out.element("td", text, "lang", language, "dir", "auto").close();
  }

  private void data() {
    if (!report.data().isEmpty()) {
      out.element("h2", "Data");
      table("data", report.data());
    }
  }

  private void filter() {
    if (report.filter().isEmpty()) {
      return;
    }
    Map<String, String> counts = new LinkedHashMap<>();
    report.filter().forEach((name, count) -> counts.put(name, format("%,d", count)));
    out.element("h2", "Filter");
    table("counts", counts);
  }

  private void recipe() {
    if (!report.recipe().isEmpty()) {
      out.element("h2", "Recipe").element("pre", report.recipe());
    }
  }

  private void table(String style, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    out.open("table", "class", style);
    rows.forEach((name, value) -> out.open("tr").element("th", name).element("td", value).close());
    out.close();
  }

  private static String duration(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return format(
        "%d h %02d min %02d s", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
