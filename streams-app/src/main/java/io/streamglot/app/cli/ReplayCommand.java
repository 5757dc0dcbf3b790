package io.streamglot.app.cli;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistryException;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.recording.RecordingException;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.replay.Pace;
import io.streamglot.app.replay.Replay;
import io.streamglot.app.replay.ReplayMetadata;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.OfflineTranslation;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Translates a recording, or a range of a topic, again. */
@Command(
    name = "replay",
    description = "Translate a recording again, by any model, into a file or a topic of its own.",
    sortOptions = false,
    footer = {
      "",
      "Translates as 'run' does, in large batches and without a cache. The file is a recording of",
      "what the application would have published, in the order of the source: translations and",
      "failures in Avro, with topic, key and headers as they would be, and partition, offset and",
      "timestamp of the source. The same recording, models and options give the same bytes; with",
      "another number of threads scores may differ in the last digits.",
      "",
      "The file of --config says, as for 'run', the languages where none are named, the names of",
      "topics, the schema registry, and how the values of --topic are written; without it all is by",
      "default. A recording says itself how its values are written.",
      "With --topic a range of a topic is translated, without a recording.",
      "",
      "Examples:",
      "  ./streamglot replay chat.avro --model models/en-fr --out replayed.avro",
      "",
      "  ./streamglot replay --config streams-app/config/streamglot.properties \\",
      "      --topic source-text --from PT1H --model models/en-fr --out replayed.avro"
    })
final class ReplayCommand implements Callable<Integer> {
  /** What chooses messages of a topic, and none of a recording. */
  private static final List<String> OF_A_TOPIC =
      List.of("--from", "--to", "--partitions", "--key", "--header");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "RECORDING",
      description = "A file that 'record' wrote; none with --topic.")
  private Path recording;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      split = ",",
      description = "Folder of a model bundle; may be several (default: those of --config).")
  private List<Path> models = List.of();

  @Option(names = "--config", paramLabel = "FILE", description = "Properties file, as of 'run'.")
  private Path config;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Beam size, 1 to " + SearchOptions.MAX_BEAM_SIZE + " (default: the bundle's own).")
  private Integer beam;

  @Mixin private DecoderOptions decoder;

  @ArgGroup(multiplicity = "1")
  private ReplayDestination destination;

  @Option(names = "--force", description = "Replace a file, or a part of one, that is there.")
  private boolean force;

  @Option(
      names = "--speed",
      paramLabel = "max|X",
      defaultValue = "max",
      description = "As fast as can be, or X times as fast as recorded (default: max).")
  private String speed;

  @Mixin private SalvageOption salvage;

  @Mixin private RangeOptions range;

  private final Map<String, String> environment;

  ReplayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireOneSource();
    destination.requireFreeFile(recording, force);
    Pace pace = pace();
    requireBeam();
    Optional<RunSettings> settings =
        Optional.ofNullable(config).map(file -> RunSettingsReader.read(file, environment));
    TopologySettings topology =
        settings.map(RunSettings::topology).orElse(TopologySettings.defaults());
    List<ModelBundle> bundles = Models.bundles(folders(settings));
    Router router =
        new Router(
            Models.pairs(bundles),
            settings.map(RunSettings::languages).orElse(LanguageSettings.defaults()));
    if (destination.isTopic()) {
      AppTopics used = TopicNames.of(topology, router.languages());
      destination.requireFreeTopic(used, range.topic);
    }
    StopSignal stop = StopSignal.install();
    try (Translators translators = Models.translators(bundles, "--model", this::translator)) {
      if (recording == null) {
        Replay replay = new Replay(new OfflineTranslation(topology, translators, router), pace);
        return replayTopic(replay, settings.orElseThrow(), bundles, stop);
      }
      try (RecordingReader reader = RecordingReader.open(recording, salvage.damage())) {
        TopologySettings recorded = topology.withFormats(formats(topology, reader.format()));
        Replay replay = new Replay(new OfflineTranslation(recorded, translators, router), pace);
        ReplaySource source = ReplaySource.of(recording, reader);
        return replay(replay, source, settings, bundles, stop);
      }
    } catch (RegistryException e) {
      throw new UserErrorException(e.getMessage());
    } catch (RecordingException e) {
      throw SalvageOption.refused(e);
    }
  }

  /** A recording says how its values are written, and no setting. */
  private Formats formats(TopologySettings topology, ValueFormat recorded) {
    Formats configured = topology.formats();
    RecordedValues.requireRegistry(recording, recorded, configured.registry());
    return new Formats(
        recorded, configured.translations(), configured.targets(), configured.registry());
  }

  private int replayTopic(
      Replay replay, RunSettings settings, List<ModelBundle> bundles, StopSignal stop)
      throws InterruptedException {
    try (TopicConnection kafka = TopicConnection.open(settings.kafka(), range.topic)) {
      try {
        ReplaySource source = ReplaySource.of(kafka, range);
        return replay(replay, source, Optional.of(settings), bundles, stop);
      } catch (KafkaException e) {
        throw kafka.refused(e);
      }
    }
  }

  private int replay(
      Replay replay,
      ReplaySource source,
      Optional<RunSettings> settings,
      List<ModelBundle> bundles,
      StopSignal stop)
      throws InterruptedException {
    ReplayDestination.Outcomes outcomes = output -> run(replay, source, output, stop);
    boolean whole;
    if (destination.isTopic()) {
      whole = destination.writeTopic(settings.orElseThrow().kafka(), outcomes);
    } else {
      whole = destination.writeFile(metadata(source, bundles), outcomes);
      if (!whole) {
        Notice.print(spec, "stopped; a replay begins anew");
      }
    }
    return whole ? 0 : stop.exitCode();
  }

  private Map<String, String> metadata(ReplaySource source, List<ModelBundle> bundles) {
    return ReplayMetadata.of(
        source.metadata(),
        bundles,
        beam == null ? OptionalInt.empty() : OptionalInt.of(beam),
        decoder.settings().threads());
  }

  /** False if it was stopped. */
  private boolean run(
      Replay replay, ReplaySource source, Consumer<RecordedMessage> output, StopSignal stop)
      throws InterruptedException {
    long start = System.nanoTime();
    Replay.Result result;
    try (ProgressMeter meter =
        new ProgressMeter(spec.commandLine().getErr(), "replay", "messages", -1)) {
      result =
          replay.run(
              source.messages(),
              output,
              count -> {
                meter.stepTo(count);
                return !stop.isReceived();
              });
    }
    if (stop.isReceived()) {
      return false;
    }
    source.losses().get().forEach(line -> Notice.warn(spec, "skipped: " + line));
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    PrintWriter out = spec.commandLine().getOut();
    out.println("replayed: " + result.messages());
    out.println("translations: " + result.translations());
    out.println("failures: " + result.failures());
    out.printf(
        Locale.ROOT,
        seconds < 1
            ? "seconds: %.3f, messages a second: %.1f%n"
            : "seconds: %.1f, messages a second: %.1f%n",
        seconds,
        result.messages() / seconds);
    out.flush();
    return true;
  }

  private void requireOneSource() {
    if ((recording == null) == (range.topic == null)) {
      throw new UserErrorException(
          "expected a RECORDING or --topic, actual " + (recording == null ? "neither" : "both"));
    }
    for (String option : OF_A_TOPIC) {
      if (recording != null && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UserErrorException(
            "%s: expected with --topic only, actual with the recording %s"
                .formatted(option, recording));
      }
    }
    if (config == null && (range.topic != null || destination.isTopic())) {
      throw new UserErrorException("--config: expected one, since a topic is named, actual none");
    }
    if (config == null && models.isEmpty()) {
      throw new UserErrorException("--model: expected a folder of a model bundle, actual none");
    }
  }

  private Pace pace() {
    if (speed.equals("max")) {
      return Pace.unlimited();
    }
    try {
      return Pace.times(Double.parseDouble(speed));
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(
          "--speed: expected max or a number above 0, actual '%s'".formatted(speed));
    }
  }

  private void requireBeam() {
    if (beam != null && (beam < 1 || beam > SearchOptions.MAX_BEAM_SIZE)) {
      throw new UserErrorException(
          "--beam: expected 1 to %d, actual %d".formatted(SearchOptions.MAX_BEAM_SIZE, beam));
    }
  }

  private List<Path> folders(Optional<RunSettings> settings) {
    return models.isEmpty() ? settings.orElseThrow().models() : models;
  }

  private Translator translator(ModelBundle bundle) {
    Translator translator = Models.warmTranslator(bundle, decoder.settings());
    return beam == null ? translator : new BeamOverride(translator, beam);
  }
}
