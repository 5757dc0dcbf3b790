package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plain text in and out by kcat, a client for the command line that is built on another library.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KcatTest {

  private static final TopologySettings TEXT =
      FormatRun.settings(
          new Formats(ValueFormat.TEXT, ValueFormat.TEXT, List.of("fr"), Optional.empty()));

  @TempDir private Path folder;

  @BeforeAll
  static void requireKcat() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kcat"))),
        "expected kcat on the path (Debian's package kcat), actual none");
  }

  @Test
  void aTextThatKcatWritesComesOutAsATextThatKcatReads() throws Exception {
    try (var broker = Broker.start(folder.resolve("broker"), 1);
        var translator =
            BundleTranslator.open(ModelBundle.open(Model.FOLDER), new DecoderSettings(1));
        var streams =
            new KafkaStreams(
                TranslationTopology.build(TEXT, new Translators(List.of(translator))),
                StreamsDefaults.with(
                    Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "state.dir",
                        folder.resolve("state").toString())))) {
      streams.start();

      kcat("Thank you.\n", broker, "-P", "-t", Broker.SOURCE, "-k", "room", "-H", "trace=a1");
      kcat("I don't know.\n", broker, "-P", "-t", Broker.SOURCE, "-k", "room", "-H", "trace=a2");

      var format = "%k|%s|%h\\n";
      var lines =
          kcat("", broker, "-C", "-t", Broker.TRANSLATIONS, "-o", "0", "-c", "2", "-f", format);
      var expected = translator.translate(List.of("Thank you.", "I don't know."));
      assertThat(lines).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(lines.get(i))
            .startsWith(
                "room|%s|trace=a%d,streamglot-message-id=source-text-0-%d"
                    .formatted(expected.get(i).text(), i + 1, i))
            .contains("streamglot-source-language=en", "streamglot-target-language=fr");
      }
    }
  }

  /** Runs kcat to its end and gives the lines that it writes. */
  private List<String> kcat(String input, Broker broker, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kcat", "-b", broker.bootstrapServers()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .redirectInput(Files.writeString(folder.resolve("input"), input).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output.lines().toList();
  }
}
