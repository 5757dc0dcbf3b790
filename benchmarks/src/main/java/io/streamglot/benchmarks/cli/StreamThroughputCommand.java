package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.decoding.LoadedModel;
import io.streamglot.benchmarks.decoding.RunSettings;
import io.streamglot.benchmarks.decoding.SpecKey;
import io.streamglot.benchmarks.decoding.Workload;
import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.benchmarks.output.CsvFile;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Spread;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.benchmarks.streaming.StreamSettings;
import io.streamglot.benchmarks.streaming.TemporaryBroker;
import io.streamglot.benchmarks.streaming.ThroughputBenchmark;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Bare;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Stream;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench stream throughput}: what is left of the decoder's speed from topic to topic. */
@Command(
    name = "throughput",
    description = "Measures the stream on a full topic against bare decoding, in turn.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SPEC is the folder of a bundle, which settings may follow: device, hypotheses, shortlist.",
      "",
      "All sides have the same texts in the same batches, longest first as in 'bench decode', and",
      "decode on one thread: decoding alone, translating from text to text, and the stream. The topic is full before the clock starts; it runs from the first record",
      "read until the last translation can be read. One more round goes before those that count.",
      "",
      "Example:",
      "  ./streamglot bench stream throughput --file dev.tsv.gz --rounds 7 --csv rounds.csv"
    })
final class StreamThroughputCommand implements Callable<Integer> {

  /** As {@code bench decode --threads 1}. */
  private static final DecoderSettings ONE_THREAD = new DecoderSettings(1);

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private FileOption file;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records in the topic, the texts again and again (default: each once).")
  private Integer records;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Records a batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--guarantee",
      paramLabel = "G",
      defaultValue = "exactly_once_v2",
      description = "Of the stream, or at_least_once (default: ${DEFAULT-VALUE}).")
  private Guarantee guarantee;

  @Option(
      names = "--commit",
      paramLabel = "MS",
      defaultValue = "100",
      description = "commit.interval.ms (default: ${DEFAULT-VALUE}).")
  private int commit;

  @Option(
      names = "--linger",
      paramLabel = "MS",
      defaultValue = "5",
      description = "streamglot.batch.linger.ms (default: ${DEFAULT-VALUE}).")
  private int linger;

  @Option(
      names = "--poll",
      paramLabel = "MS",
      defaultValue = "5",
      description = "poll.ms (default: ${DEFAULT-VALUE}).")
  private int poll;

  @Mixin private KafkaOption kafka;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes each round there.")
  private Path csv;

  /** A row of the CSV: one round of one side; null where it has no such figure. */
  record Row(
      int round,
      String side,
      int sentences,
      int batches,
      double seconds,
      double cpuSeconds,
      Double streamCpuSeconds,
      Double decodingSeconds) {}

  static CommandLine commandLine() {
    return new CommandLine(new StreamThroughputCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Options.requireOnly(
        spec, model.candidate(), SpecKey.DEVICE, SpecKey.HYPOTHESES, SpecKey.SHORTLIST);
    Options.requireAtLeastOne(spec, "--rounds", rounds);
    StreamSettings settings = settings();
    model.settings(batch, 1); // refuses a batch that is out of its range
    List<String> texts = texts();
    try (LoadedModel loaded = LoadedModel.open(model.candidate(), ONE_THREAD);
        BundleTranslator translator =
            BundleTranslator.open(
                loaded.bundle(),
                model.candidate().in(RunSettings.PLAIN.withDecoder(ONE_THREAD)).decoder());
        CsvFile<Row> rows = CsvFile.open(Optional.ofNullable(csv), Row.class);
        TemporaryBroker broker = TemporaryBroker.start()) {
      RunSettings run = model.settings(batch, loaded.bundle().manifest().search().beamSize());
      Workload workload = Workload.of(texts, List.of(loaded), Workload.Order.SORTED);
      PrintWriter out = spec.commandLine().getOut();
      Machine.lines().forEach(out::println);
      describe(workload, run, settings, loaded).forEach(out::println);
      out.println();
      out.flush();
      ThroughputMeasurement measurement =
          new ThroughputBenchmark(
                  broker, loaded, translator, workload, run, settings, kafka.settings())
              .measure(rounds);
      write(measurement, rows);
      table(measurement).lines().forEach(out::println);
      out.printf(
          "%nratio      %.3f, stream to decoding, of the medians; of each round %s%n",
          measurement.ratio(), measurement.ratios().range());
      out.flush();
    }
    return 0;
  }

  private StreamSettings settings() {
    try {
      return new StreamSettings(guarantee, commit, linger, poll);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private List<String> texts() throws IOException {
    List<String> texts = file.texts();
    if (records == null) {
      return texts;
    }
    Options.requireAtLeastOne(spec, "--records", records);
    List<String> repeated = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      repeated.add(texts.get(i % texts.size()));
    }
    return repeated;
  }

  private List<String> describe(
      Workload workload, RunSettings run, StreamSettings settings, LoadedModel loaded)
      throws IOException {
    return List.of(
        "text       %s: %,d records that the model takes whole, longest first"
            .formatted(file, workload.sentences()),
        "model      %s: %s".formatted(loaded.candidate().spec(), Bundles.describe(loaded.bundle())),
        "settings   batch %d, beam %d, one thread that decodes".formatted(run.batch(), run.beam()),
        "stream     %s; one partition%s".formatted(settings, kafka),
        "cores      what the process computed by wall time: broker and reader too; of that the"
            + " stream's threads",
        "decoding   share of the stream's time in which batches are translated");
  }

  private static void write(ThroughputMeasurement measurement, CsvFile<Row> rows)
      throws IOException {
    int sentences = measurement.sentences();
    for (int i = 0; i < measurement.bare().size(); i++) {
      rows.add(row(i + 1, "decoding", sentences, measurement.bare().get(i)));
      rows.add(row(i + 1, "translating", sentences, measurement.translating().get(i)));
      Stream stream = measurement.streams().get(i);
      rows.add(
          new Row(
              i + 1,
              "stream",
              sentences,
              stream.batches(),
              stream.seconds(),
              stream.cpuSeconds(),
              stream.streamCpuSeconds(),
              stream.decodingSeconds()));
    }
  }

  private static Row row(int round, String side, int sentences, Bare bare) {
    return new Row(
        round, side, sentences, bare.batches(), bare.seconds(), bare.cpuSeconds(), null, null);
  }

  private static Table table(ThroughputMeasurement measurement) {
    Table table =
        new Table(
            "side",
            "sentences/s",
            "median s",
            "min..max",
            "batches",
            "cores",
            "stream's",
            "decoding");
    table.add(
        bare("decoding", measurement.sentences(), measurement.bareSeconds(), measurement.bare()));
    table.add(
        bare(
            "translating",
            measurement.sentences(),
            measurement.translatingSeconds(),
            measurement.translating()));
    Spread stream = measurement.streamSeconds();
    List<Stream> streams = measurement.streams();
    table.add(
        "stream",
        "%.1f".formatted(measurement.sentences() / stream.median()),
        "%.3f".formatted(stream.median()),
        stream.range(),
        "%.0f".formatted(median(streams, Stream::batches)),
        "%.2f".formatted(median(streams, each -> each.cpuSeconds() / each.seconds())),
        "%.2f".formatted(median(streams, each -> each.streamCpuSeconds() / each.seconds())),
        "%.3f".formatted(median(streams, each -> each.decodingSeconds() / each.seconds())));
    return table;
  }

  private static String[] bare(String side, int sentences, Spread seconds, List<Bare> rounds) {
    return new String[] {
      side,
      "%.1f".formatted(sentences / seconds.median()),
      "%.3f".formatted(seconds.median()),
      seconds.range(),
      "%.0f".formatted(median(rounds, Bare::batches)),
      "%.2f".formatted(median(rounds, each -> each.cpuSeconds() / each.seconds())),
      "",
      ""
    };
  }

  private static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList()).median();
  }
}
