package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.output.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What a run was and what came of it.
 *
 * @param model name, version and checksum
 * @param topics a line each
 * @param results of the scenario, a line each
 * @param played whether the scenario went as it has to, whatever the verdict
 * @param seconds from the first outcome to the last
 */
public record ChaosReport(
    ChaosSettings settings,
    String model,
    Sentences sentences,
    List<String> topics,
    List<Events.Event> events,
    List<String> results,
    Verdict verdict,
    boolean played,
    double seconds) {

  /** Copies. */
  public ChaosReport {
    topics = List.copyOf(topics);
    events = List.copyOf(events);
    results = List.copyOf(results);
  }

  /**
   * Whether the run shows what it had to: nothing wrong that the guarantee does not allow; of a
   * control, that something is lost while later messages of its key are not. (A stream that stands
   * still loses nothing.)
   */
  public boolean holds() {
    return played
        && (settings.control() ? verdict.holes() > 0 : verdict.holds(settings.guarantee()));
  }

  /** The report in Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Chaos: " + title());
    lines.add("");
    lines.add("**%s**: %s".formatted(holds() ? "HOLDS" : "DOES NOT HOLD", verdict));
    lines.add("");
    results.forEach(line -> lines.add("- " + line));
    long answered = verdict.translated() + verdict.failed();
    lines.add(
        "- %.0f s from the first outcome to the last: %.0f messages a second, outages included"
            .formatted(seconds, answered / seconds));
    lines.add(
        "- %d sentences; bare decoding gives %d of them more than one translation, by the batch they are in"
            .formatted(sentences.count(), sentences.undecided()));
    if (settings.control()) {
      lines.add("- a control without the store of waiting records: it holds if messages are lost");
    }
    verdict.examples().forEach(line -> lines.add("- " + line));
    lines.add("");
    lines.add("```");
    lines.addAll(Machine.lines());
    lines.add("kafka      " + AppInfoParser.getVersion());
    lines.add("model      " + model);
    lines.add(
        "settings   records %d, keys %d, partitions %d, instances %d, brokers %d, kills %d, rate %s"
            .formatted(
                settings.records(),
                settings.keys(),
                settings.partitions(),
                settings.instances(),
                settings.brokers(),
                settings.kills(),
                settings.rate() == 0 ? "none" : settings.rate() + "/s"));
    lines.add("seed       " + settings.seed());
    lines.add("set        " + sorted(settings.set()));
    lines.add("broker-set " + sorted(settings.brokerSet()));
    topics.forEach(line -> lines.add("topic      " + line));
    lines.add("```");
    lines.add("");
    lines.add("| s | what happened |");
    lines.add("| ---: | --- |");
    events.forEach(
        event ->
            lines.add(
                "| %.2f | %s |".formatted(event.seconds(), event.what().replace("|", "\\|"))));
    return lines;
  }

  private String title() {
    return "%s, %s%s"
        .formatted(
            settings.scenario().toString(),
            settings.guarantee(),
            settings.control() ? ", control" : "");
  }

  private static Map<String, String> sorted(Map<String, String> settings) {
    return new TreeMap<>(settings);
  }
}
