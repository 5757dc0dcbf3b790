package io.streamglot.app.compare;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamglot.app.compare.RecordedOutcome.Failed;
import io.streamglot.app.compare.RecordedOutcome.Translated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a comparison for programs, as one JSON object; docs/compare.md says what is in it. */
public final class ComparisonJson {

  /** Goes up when a field changes its meaning or goes away. */
  private static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectWriter WRITER = JSON.writerWithDefaultPrettyPrinter();

  private ComparisonJson() {}

  /**
   * Writes the file, in one step.
   *
   * @param failures what the gates say, a line each
   * @throws ComparisonException if it cannot be written
   */
  public static void write(Comparison comparison, List<String> failures, Path file) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.set("old", side(comparison.old()));
    root.set("new", side(comparison.candidate()));
    root.put("pairs", comparison.total());
    ObjectNode counts = root.putObject("counts");
    comparison.counts().forEach((name, count) -> counts.put(name.toString(), count));
    comparison.agreement().ifPresent(scores -> root.set("agreement", scores(scores)));
    comparison
        .references()
        .ifPresent(
            scores -> {
              ObjectNode node = root.putObject("references");
              node.put("messages", scores.messages());
              node.set("old", scores(scores.old()));
              node.set("new", scores(scores.candidate()));
              node.put("bleuP", scores.bleuP());
              node.put("chrfP", scores.chrfP());
            });
    comparison.score().ifPresent(summary -> root.set("score", quantity(summary)));
    comparison.length().ifPresent(summary -> root.set("length", quantity(summary)));
    comparison.latency().ifPresent(summary -> root.set("latencyMs", quantity(summary)));
    var failed = root.putArray("failedGates");
    failures.forEach(failed::add);
    var differences = root.putArray("differences");
    comparison.differences().forEach(difference -> differences.add(difference(difference)));
    try {
      ReplacedFile.write(file, WRITER.writeValueAsString(root) + "\n");
    } catch (IOException e) {
      throw ReplacedFile.unwritable(file, e);
    }
  }

  private static ObjectNode side(SideSummary side) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", side.name());
    node.put("outcomes", side.outcomes());
    ObjectNode models = node.putObject("models");
    side.models().forEach(models::put);
    return node;
  }

  private static ObjectNode scores(CorpusScores scores) {
    return JSON.createObjectNode()
        .put("bleu", scores.bleu())
        .put("chrf", scores.chrf())
        .put("bleuSignature", scores.bleuSignature())
        .put("chrfSignature", scores.chrfSignature());
  }

  private static ObjectNode quantity(PairedSummary summary) {
    ObjectNode node = JSON.createObjectNode().put("messages", summary.messages());
    node.set("old", quantiles(summary.old()));
    node.set("new", quantiles(summary.candidate()));
    node.set("difference", quantiles(summary.difference()));
    return node;
  }

  private static ObjectNode quantiles(PairedSummary.Quantiles quantiles) {
    return JSON.createObjectNode().put("median", quantiles.median()).put("p95", quantiles.p95());
  }

  private static ObjectNode difference(Difference difference) {
    OutcomePair pair = difference.pair();
    ObjectNode node = JSON.createObjectNode();
    node.put("messageId", pair.key().messageId());
    if (!pair.key().isOfWholeMessage()) {
      node.put("targetLanguage", pair.key().targetLanguage());
    }
    node.put("class", pair.outcomeClass().toString());
    difference.chrf().ifPresent(chrf -> node.put("chrf", chrf));
    if (pair.old() != null) {
      node.set("old", outcome(pair.old()));
    }
    if (pair.candidate() != null) {
      node.set("new", outcome(pair.candidate()));
    }
    return node;
  }

  private static ObjectNode outcome(RecordedOutcome outcome) {
    ObjectNode node = JSON.createObjectNode();
    if (outcome instanceof Translated translated) {
      node.put("text", translated.text());
      node.put("score", translated.score());
      node.put("model", translated.model());
      translated.latencyMs().ifPresent(latency -> node.put("latencyMs", latency));
    } else if (outcome instanceof Failed failed) {
      node.put("reason", failed.reason());
      node.put("message", failed.message());
    }
    return node;
  }
}
