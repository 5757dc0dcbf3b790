package io.streamglot.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistryException;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.recording.MessageFilter;
import io.streamglot.app.recording.RecordingException;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.app.recording.TopicRange;
import io.streamglot.app.recording.TopicReader;
import io.streamglot.app.replay.Pace;
import io.streamglot.app.replay.Replay;
import io.streamglot.app.replay.TopicOutput;
import io.streamglot.app.replay.UnwritableTopicException;
import io.streamglot.app.topology.OfflineTranslation;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.bundle.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;
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
  private static final JsonMapper JSON = new JsonMapper();

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
  private Destination destination;

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

  /** Where the outcomes go. */
  private static final class Destination {
    @Option(names = "--out", paramLabel = "FILE", description = "Write a recording.")
    private Path file;

    @Option(
        names = "--to-topic",
        paramLabel = "NAME",
        description = "Write to this topic, which exists and is none of the application's.")
    private String topic;
  }

  /** What is replayed. */
  private record Source(
      Iterator<RecordedMessage> messages, Map<String, String> metadata, Runnable report) {}

  ReplayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireOneSource();
    requireFreeFile();
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
    requireFreeTopic(topology, router);
    StopSignal stop = StopSignal.install();
    try (Translators translators = Models.translators(bundles, "--model", this::translator)) {
      if (recording == null) {
        Replay replay = new Replay(new OfflineTranslation(topology, translators, router), pace);
        return replayTopic(replay, settings.orElseThrow(), bundles, stop);
      }
      try (RecordingReader reader = RecordingReader.open(recording, salvage.damage())) {
        TopologySettings recorded = topology.withFormats(formats(topology, reader.format()));
        Replay replay = new Replay(new OfflineTranslation(recorded, translators, router), pace);
        Map<String, String> metadata = new TreeMap<>(reader.metadata());
        metadata.put(RecordingMetadata.RECORDED_FROM, Sha256.of(recording));
        Source source =
            new Source(reader, metadata, () -> reader.losses().forEach(this::warnOfLoss));
        return replay(replay, source, settings, bundles, stop);
      }
    } catch (RegistryException e) {
      throw new UserErrorException(e.getMessage());
    } catch (RecordingException e) {
      throw SalvageOption.refused(e);
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a file that can be read, actual %s".formatted(recording, e));
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
        TopicRange resolved = kafka.resolve(range);
        MessageFilter filter = range.filter();
        TopicReader messages = kafka.read(resolved, Map.of());
        var metadata = new TreeMap<String, String>();
        metadata.put(RecordingMetadata.TOPIC, range.topic);
        metadata.put(RecordingMetadata.CLUSTER, kafka.clusterId());
        metadata.put(RecordingMetadata.RANGE, resolved.toJson());
        filter.text().ifPresent(text -> metadata.put(RecordingMetadata.FILTER, text));
        Source source =
            new Source(
                wanted(messages, filter),
                metadata,
                () -> messages.deleted().forEach(this::warnOfLoss));
        return replay(replay, source, Optional.of(settings), bundles, stop);
      } catch (KafkaException e) {
        throw kafka.refused(e);
      }
    }
  }

  private int replay(
      Replay replay,
      Source source,
      Optional<RunSettings> settings,
      List<ModelBundle> bundles,
      StopSignal stop)
      throws InterruptedException {
    if (destination.topic != null) {
      try (TopicOutput output = topicOutput(settings.orElseThrow().kafka())) {
        boolean whole = run(replay, source, output, stop);
        output.flush();
        return whole ? 0 : stop.exitCode();
      } catch (UnwritableTopicException e) {
        throw new UserErrorException(
            "--to-topic %s: expected that it can be written, actual: %s"
                .formatted(destination.topic, Causes.root(e).getMessage()));
      }
    }
    RecordingWriter writer =
        RecordingWriter.create(destination.file, metadata(source.metadata(), bundles));
    try (writer) {
      boolean whole = run(replay, source, writer::write, stop);
      if (whole) {
        writer.publish();
      } else {
        Notice.print(spec, "stopped; a replay begins anew");
      }
      return whole ? 0 : stop.exitCode();
    } finally {
      writer.discard();
    }
  }

  /** False if it was stopped. */
  private boolean run(
      Replay replay, Source source, Consumer<RecordedMessage> output, StopSignal stop)
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
    source.report().run();
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
    if (config == null && (range.topic != null || destination.topic != null)) {
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

  private void requireFreeFile() {
    if (destination.file != null) {
      var out = new OutputFile(destination.file, force);
      if (recording != null) {
        out.requireOtherThan(recording);
      }
      out.requireFree();
      out.requireNoPart();
    }
  }

  private void requireFreeTopic(TopologySettings topology, Router router) {
    if (destination.topic != null) {
      List<String> own = TopicNames.of(topology, router.languages()).names();
      if (own.contains(destination.topic) || destination.topic.equals(range.topic)) {
        throw new UserErrorException(
            "--to-topic: expected a topic of its own, actual '%s', which the application uses"
                .formatted(destination.topic));
      }
    }
  }

  private Translator translator(ModelBundle bundle) {
    Translator translator = Models.warmTranslator(bundle, decoder.settings());
    return beam == null ? translator : new BeamOverride(translator, beam);
  }

  private Map<String, String> metadata(Map<String, String> source, List<ModelBundle> bundles) {
    var metadata = new TreeMap<>(source);
    metadata.put(RecordingMetadata.REPLAYED, "true");
    metadata.put(RecordingMetadata.FORMAT, ValueFormat.AVRO.toString());
    metadata.put(RecordingMetadata.BUNDLES, json(bundles));
    metadata.put(
        RecordingMetadata.SEARCH,
        "beam %s, threads %d"
            .formatted(beam == null ? "of the bundle" : beam, decoder.settings().threads()));
    return metadata;
  }

  private static String json(List<ModelBundle> bundles) {
    var described = new ArrayList<Map<String, String>>();
    for (ModelBundle bundle : bundles) {
      var one = new LinkedHashMap<String, String>();
      one.put("name", bundle.manifest().name());
      one.put("version", bundle.manifest().version());
      one.put("sha256", bundle.sha256());
      described.add(one);
    }
    try {
      return JSON.writeValueAsString(described);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TopicOutput topicOutput(Map<String, String> settings) throws InterruptedException {
    Properties kafka = StreamsDefaults.with(settings);
    KafkaAccess.ask(
        KafkaAccess.adminSettings(kafka),
        KafkaAccess.LIMIT,
        topics -> {
          if (topics.describe(List.of(destination.topic)).existing().isEmpty()) {
            throw new UserErrorException(
                "--to-topic: expected a topic that exists, actual no '%s'"
                    .formatted(destination.topic));
          }
          return null;
        });
    return new TopicOutput(
        KafkaAccess.writerSettings(new StreamsConfig(kafka), "streamglot-replay"),
        destination.topic);
  }

  private static Iterator<RecordedMessage> wanted(TopicReader messages, MessageFilter filter) {
    Iterable<RecordedMessage> all = () -> messages;
    Stream<RecordedMessage> fitting =
        StreamSupport.stream(all.spliterator(), false).filter(filter::matches);
    return fitting.iterator();
  }

  private void warnOfLoss(String line) {
    Notice.warn(spec, "skipped: " + line);
  }
}
