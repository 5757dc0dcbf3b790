package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.BundleCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The state of a pair is the last event of the topic; the command changes it. */
class RolloutCommandTest extends OnATopicsBroker {
  @TempDir private Path bundles;
  private Map<String, String> environment;

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    environment =
        Map.of(
            "STREAMGLOT_TOPIC_MODELS",
            name + "-models",
            "STREAMGLOT_ROLLOUT_BUNDLES",
            bundles.toString());
    BundleCopy.ofVersion("2.0.0", bundles.resolve("two"));
    BundleCopy.ofVersion("3.0.0", bundles.resolve("three"));
    assertThat(run("topics", "create").outLines())
        .hasSize(4)
        .last()
        .asString()
        .startsWith(name + "-models: created: partitions=1,")
        .contains("cleanup.policy=compact");
  }

  @Test
  void eachEventIsTheWholeStateOfThePair(TestInfo test) {
    assertThat(rollout().outLines()).containsExactly("last event: none");

    String candidate = ", candidate three (3.0.0), share 0.05";
    assertThat(rollout("--candidate", "three", "--share", "0.05").out())
        .isEqualTo(
            "%s-models-0 offset 0: en to fr: the configured model%s%n"
                .formatted(test.getTestMethod().orElseThrow().getName(), candidate));
    assertThat(rollout("--serve", "two").out())
        .contains("offset 1: en to fr: two (2.0.0)" + candidate);
    assertThat(rollout().outLines())
        .containsExactly("last event: en to fr: two (2.0.0)" + candidate);

    assertThat(rollout("--serve", "three").out())
        .as("a candidate that serves is tried no more")
        .endsWith("offset 2: en to fr: three (3.0.0)\n");
    assertThat(rollout("--reset").out()).endsWith("offset 3: en to fr: the configured model\n");
    assertThat(rollout().outLines()).containsExactly("last event: en to fr: the configured model");
  }

  @Test
  void aBundleOfTheLastEventThatCannotBeUsedIsNamedWithTheWayOut() throws Exception {
    rollout("--serve", "two");
    rollout("--candidate", "three", "--share", "0.05");
    Files.writeString(bundles.resolve("two").resolve("model.onnx"), "damaged");
    Files.delete(bundles.resolve("three").resolve("bundle.json"));

    List<String> lines = rollout().outLines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo("last event: en to fr: two (2.0.0), candidate three (3.0.0), share 0.05");
    assertThat(lines.get(1)).startsWith("not usable here: bundle two: model.onnx");
    assertThat(lines.get(2)).startsWith("not usable here: bundle three: bundle.json");
    assertThat(rollout("--no-candidate").err())
        .startsWith("streamglot rollout: bundle two: model.onnx")
        .endsWith(
            "; the last event names it: '--serve BUNDLE' serves another, '--reset' none of them\n");
    BundleCopy.ofVersion("4.0.0", bundles.resolve("four"));
    assertThat(rollout("--serve", "four").err())
        .startsWith("streamglot rollout: bundle three: bundle.json")
        .endsWith("; the last event names it: '--no-candidate' ends its trial\n");

    assertThat(rollout("--serve", "four", "--no-candidate").out())
        .endsWith("offset 2: en to fr: four (4.0.0)\n");
  }

  @Test
  void whatNoInstanceCouldFollowIsNotWritten() throws Exception {
    BundleCopy.damaged(bundles.resolve("damaged"));
    Files.createSymbolicLink(
        bundles.resolve("german"), Path.of("../models/en-de").toAbsolutePath());

    assertRefused("bundle damaged: model.onnx", "--serve", "damaged");
    assertRefused("bundle nothing: ", "--serve", "nothing");
    assertRefused("bundle: expected the name of a folder in ", "--serve", "../two");
    assertRefused(
        "bundle german: languages: expected en to fr, actual en to de", "--serve", "german");
    assertRefused(
        "streamglot.topic.shadow: expected the name of a topic for --shadow, actual not set",
        "--candidate",
        "two",
        "--shadow");
    assertRefused("bundle: expected the name of a folder in ", "--serve", "");
    assertRefused("--share: expected 0 to 1, actual 5.0", "--candidate", "two", "--share", "5");
    assertRefused(
        "--candidate: expected a --share above 0 or --shadow, actual neither",
        "--candidate",
        "two");
    assertRefused(
        "--reset: expected alone, actual with other changes", "--reset", "--serve", "two");
    assertThat(rollout().outLines()).containsExactly("last event: none");
  }

  @Test
  void aPairThatNoInstanceServesAndATopicThatIsNotThereAreRefused() {
    CommandLineRun pair = run("rollout", "--pair", "en:de", "--reset");
    assertThat(pair.exitCode()).isEqualTo(2);
    assertThat(pair.err())
        .startsWith(
            "streamglot rollout: --pair: expected a pair of the configured models, one of [en to fr],"
                + " actual en to de");

    environment =
        Map.of(
            "STREAMGLOT_TOPIC_MODELS", "nowhere", "STREAMGLOT_ROLLOUT_BUNDLES", bundles.toString());
    CommandLineRun topic = rollout("--reset");
    assertThat(topic.exitCode()).isEqualTo(2);
    assertThat(topic.err())
        .startsWith(
            "streamglot rollout: streamglot.topic.models: expected a topic of the Kafka at");
  }

  private void assertRefused(String problem, String... options) {
    CommandLineRun run = rollout(options);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("streamglot rollout: " + problem);
  }

  private CommandLineRun rollout(String... options) {
    List<String> arguments = new ArrayList<>(List.of("rollout", "--pair", "en:fr"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private CommandLineRun run(String... arguments) {
    try {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--config");
      all.add(broker.config(topics, CommandLineRun.SHIPPED_MODEL.toString()));
      return CommandLineRun.of(new byte[0], environment, all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
