package io.streamglot.app.cli;

import io.streamglot.app.compare.Comparer;
import io.streamglot.app.compare.Comparison;
import io.streamglot.app.compare.ComparisonException;
import io.streamglot.app.compare.ComparisonJson;
import io.streamglot.app.compare.ComparisonPage;
import io.streamglot.app.compare.ComparisonTable;
import io.streamglot.app.compare.Gate;
import io.streamglot.app.compare.ReferenceTexts;
import io.streamglot.app.format.RegistryException;
import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two recordings of translations; its exit code can gate a model. */
@Command(
    name = "compare",
    description = "Say how the translations of NEW differ from those of OLD.",
    footer = {
      "",
      "OLD and NEW are recordings of translations: what 'replay' writes, or 'record' of a topic of",
      "translations; or topic:NAME, all that is committed in a topic of the Kafka of --config.",
      "Outcomes are matched by message id and target language, the n-th of one side with the n-th",
      "of the other.",
      "",
      "Measures of --fail-on, each with < or > and a number:",
      "  identical, changed, missing, new, failed, failed-new, failed-old, failed-both",
      "                  pairs of that class; with %%, of all pairs",
      "  agreement-bleu, agreement-chrf",
      "                  NEW against OLD, 0 to 100",
      "  bleu, chrf      NEW less OLD in points, against the references",
      "  p, p-chrf       how likely a loss in BLEU or chrF is by chance; 1 where there is none",
      "The last two lines need --references. What has no value fails.",
      "",
      "Exit codes: 0 compared, and no gate failed; 1 a gate failed, with a line for each;",
      "2 what you can mend.",
      "",
      "Example:",
      "  ./streamglot compare old.avro new.avro --html report.html \\",
      "      --fail-on 'changed>5%%,missing>0,failed-new>0'"
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "What was.")
  private String old;

  @Parameters(index = "1", paramLabel = "NEW", description = "What is held against it.")
  private String candidate;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file, the one of 'run'; for topics, and for a registry.")
  private Path config;

  @Option(
      names = "--references",
      paramLabel = "FILE",
      description =
          "Right translations: lines of message id, target language and references, with tabs"
              + " between them.")
  private Path references;

  @Option(
      names = "--worst",
      paramLabel = "N",
      defaultValue = "5",
      description = "Differences to print, worst first (default: ${DEFAULT-VALUE}).")
  private int worst;

  @Option(
      names = "--differences",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Differences of each class to keep for --json and --html (default: ${DEFAULT-VALUE}).")
  private int differences;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the comparison as JSON.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report for a browser, which needs no network.")
  private Path html;

  @Option(
      names = "--fail-on",
      paramLabel = "GATES",
      description =
          "End with exit code 1 where one of these holds, such as%nchanged>5%%,bleu<-0.5.")
  private String failOn;

  @Mixin private SalvageOption salvage;

  private final Map<String, String> environment;

  CompareCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Gate> gates = gates();
    checkRange("--worst", worst);
    checkRange("--differences", differences);
    try {
      Comparison comparison = compare();
      List<String> failures =
          gates.stream().map(gate -> gate.failure(comparison)).flatMap(Optional::stream).toList();
      ComparisonTable.print(comparison, worst, spec.commandLine().getOut());
      if (json != null) {
        ComparisonJson.write(comparison, failures, json);
      }
      if (html != null) {
        ComparisonPage.write(comparison, failures, html);
      }
      return report(failures);
    } catch (ComparisonException | RegistryException e) {
      throw new UserErrorException(e.getMessage());
    } catch (RecordingException e) {
      throw SalvageOption.refused(e);
    } catch (KafkaException e) {
      throw new UserErrorException(
          "%s, %s: expected a Kafka that gives its records, actual: %s"
              .formatted(old, candidate, Causes.root(e).getMessage()));
    }
  }

  private Comparison compare() throws InterruptedException {
    ReferenceTexts right =
        references == null ? ReferenceTexts.NONE : ReferenceTexts.read(references);
    Damage damage = salvage.damage();
    try (ComparedSide oldSide = ComparedSide.open(old, config, environment, damage);
        ComparedSide newSide = ComparedSide.open(candidate, config, environment, damage)) {
      Comparison comparison =
          Comparer.compare(
              oldSide.outcomes(), newSide.outcomes(), right, Math.max(worst, differences));
      oldSide.warnings().forEach(this::warn);
      newSide.warnings().forEach(this::warn);
      return comparison;
    }
  }

  private void warn(String line) {
    Notice.warn(spec, "skipped: " + line);
  }

  private int report(List<String> failures) {
    failures.forEach(line -> Notice.print(spec, line));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Gate> gates() {
    if (failOn == null) {
      return List.of();
    }
    try {
      List<Gate> gates = Gate.parse(failOn);
      for (Gate gate : gates) {
        if (gate.measure().needsReferences() && references == null) {
          throw wrong("--fail-on %s: expected --references, actual none".formatted(gate));
        }
      }
      return gates;
    } catch (ComparisonException e) {
      throw wrong("--fail-on: " + e.getMessage());
    }
  }

  private void checkRange(String option, int value) {
    if (value < 0) {
      throw wrong("%s: expected at least 0, actual %d".formatted(option, value));
    }
  }

  private ParameterException wrong(String line) {
    return new ParameterException(spec.commandLine(), line);
  }
}
