package io.streamglot.benchmarks.cli;

import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.output.CsvFile;
import io.streamglot.benchmarks.output.Machine;
import io.streamglot.benchmarks.output.Table;
import io.streamglot.benchmarks.streaming.SoakResult;
import io.streamglot.benchmarks.streaming.SoakSample;
import io.streamglot.benchmarks.streaming.StreamSoak;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench stream soak}: memory and topics over a long run. */
@Command(
    name = "soak",
    description =
        "Sends texts through one instance again and again; watches its memory and the topics.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The instance is 'streamglot run' in a process of its own. What the internal topics come to",
      "shows early: their segments are 1 MiB.",
      "",
      "Example:",
      "  ./streamglot bench stream soak --file dev.tsv.gz --sentences 200 --messages 1000000"
    })
final class StreamSoakCommand implements Callable<Integer> {

  private static final double MEBIBYTE = 1 << 20;

  /** They have what was sent and what came of it, and grow with it. */
  private static final Set<String> USERS =
      Set.of(
          TopologySettings.defaults().sourceTopic(),
          TopologySettings.defaults().translationsTopic());

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private FileOption file;

  @Option(
      names = "--sentences",
      paramLabel = "N",
      description = "Takes the first N texts (default: all).")
  private Integer sentences;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Messages to translate (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "256",
      description = "Java's heap of the instance (default: ${DEFAULT-VALUE}).")
  private int heap;

  @Mixin private KafkaOption kafka;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes each topic of each sample there.")
  private Path csv;

  /** A row of the CSV: a topic when so many messages were translated. */
  record Row(
      int messages, double seconds, Long residentBytes, String topic, long bytes, long offsets) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Options.requireOnly(spec, model.candidate());
    Options.requireAtLeastOne(spec, "--messages", messages);
    Options.requireAtLeastOne(spec, "--heap", heap);
    List<String> texts = Options.first(spec, sentences, file.texts());
    ModelBundle bundle = Bundles.open(model.candidate().folder());
    PrintWriter out = spec.commandLine().getOut();
    Machine.lines().forEach(out::println);
    out.printf("text       %s: %,d texts%n", file, texts.size());
    out.printf("model      %s: %s%n", model.candidate().spec(), Bundles.describe(bundle));
    out.printf(
        "instance   a process of its own, heap %d MiB; one partition; segments of %d bytes%s%n",
        heap, StreamSoak.SEGMENT_BYTES, kafka);
    if (ProcessMemory.residentBytes().isEmpty()) {
      out.printf("resident   not told: %s is not there%n", ProcessMemory.STATUS);
    }
    out.printf(
        "%n%12s %10s %12s %12s %14s %12s%n",
        "messages", "s", "resident MiB", "source MiB", "written MiB", "internal MiB");
    out.flush();
    try (CsvFile<Row> rows = CsvFile.open(Optional.ofNullable(csv), Row.class)) {
      SoakResult result =
          new StreamSoak(bundle, texts, heap, kafka.settings())
              .run(
                  messages,
                  sample -> {
                    print(sample, out);
                    write(sample, rows);
                  });
      out.println();
      table(result).lines().forEach(out::println);
      out.println();
      summary(result, out);
      out.flush();
    }
    return 0;
  }

  private static void print(SoakSample sample, PrintWriter out) {
    TopologySettings topics = TopologySettings.defaults();
    out.printf(
        "%12d %10.1f %12s %12.1f %14.1f %12.2f%n",
        sample.messages(),
        sample.seconds(),
        sample.residentBytes() == null ? "-" : "%.1f".formatted(sample.residentBytes() / MEBIBYTE),
        bytes(sample, topics.sourceTopic()) / MEBIBYTE,
        bytes(sample, topics.translationsTopic()) / MEBIBYTE,
        sample.topics().keySet().stream()
                .filter(topic -> !USERS.contains(topic))
                .mapToDouble(topic -> bytes(sample, topic))
                .sum()
            / MEBIBYTE);
    out.flush();
  }

  private static double bytes(SoakSample sample, String topic) {
    return sample.topics().get(topic).bytes();
  }

  private static void write(SoakSample sample, CsvFile<Row> rows) throws IOException {
    for (String topic : sample.topics().keySet()) {
      rows.add(
          new Row(
              sample.messages(),
              sample.seconds(),
              sample.residentBytes(),
              topic,
              sample.topics().get(topic).bytes(),
              sample.topics().get(topic).offsets()));
    }
  }

  private static Table table(SoakResult result) {
    Table table =
        new Table("topic", "MiB at the end", "most MiB", "bytes/message", "records", "grows");
    for (String topic : result.topics().keySet()) {
      table.add(
          topic,
          "%.3f".formatted(result.topics().get(topic).bytes() / MEBIBYTE),
          "%.3f".formatted(result.mostBytes(topic) / MEBIBYTE),
          result.growth(topic).isEmpty()
              ? ""
              : "%.2f".formatted(result.growth(topic).getAsDouble()),
          Long.toString(result.topics().get(topic).offsets()),
          USERS.contains(topic) ? "with the messages" : result.grows(topic) ? "yes" : "no");
    }
    return table;
  }

  private static void summary(SoakResult result, PrintWriter out) {
    out.printf("speed      %.1f messages a second%n", result.messagesPerSecond());
    out.printf("instance   each message once; exit code %d when asked to end%n", result.exitCode());
    result
        .residentGrowth()
        .ifPresentOrElse(
            growth ->
                out.printf(
                    "growth     %.2f MiB of resident memory a million messages, after the first"
                        + " 10 %% (line through the samples)%n",
                    growth * 1e6 / MEBIBYTE),
            () -> out.println("growth     not told: too few samples of resident memory"));
  }
}
