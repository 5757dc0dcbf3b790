package io.streamglot.app.cli;

import static io.streamglot.app.cli.CommandLineRun.SHIPPED_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line around the model that ships. */
class TranslateCommandTest {
  private static final List<String> SENTENCES =
      List.of("How are you?", "I love you.", "", "Where is the station?", "   ", "Thank you.");

  @Test
  void lineIOfTheOutputBelongsToLineIOfTheInput() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.addAll(SENTENCES);
    }
    CommandLineRun forward = translate(lines);
    Collections.reverse(lines);
    CommandLineRun backward = translate(lines);

    List<String> expected = translations(SENTENCES);
    assertThat(forward.exitCode()).isZero();
    assertThat(forward.outLines()).hasSize(360);
    for (int i = 0; i < 360; i++) {
      assertThat(forward.outLines().get(i)).isEqualTo(expected.get(i % 6));
      assertThat(backward.outLines().get(i)).isEqualTo(expected.get(5 - i % 6));
    }
  }

  @Test
  void theOutputIsTheSameWhateverTheThreads() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.addAll(SENTENCES);
    }
    CommandLineRun one = translate(lines, "--threads", "1");

    assertThat(one.exitCode()).isZero();
    assertThat(one.outLines()).hasSize(360);
    assertThat(translate(lines, "--threads", "3")).isEqualTo(one);
    assertThat(translate(lines, "--threads", "auto")).isEqualTo(one);
  }

  @Test
  void withoutTheShortlistAllTokensHaveTheirShareOfTheProbability() {
    List<String> texts = List.of("How are you?", "I love you.");
    List<String> some = translate(texts, "--scores").outLines();
    List<String> all = translate(texts, "--scores", "--no-shortlist").outLines();

    assertThat(all).hasSameSizeAs(some).doesNotContainAnyElementsOf(some);
  }

  @Test
  void blankLinesStayAsTheyAre() {
    assertThat(CommandLineRun.of("\n  \n\t\n", "translate", "--model", model()).out())
        .isEqualTo("\n  \n\t\n");
  }

  @Test
  void noInputGivesNoOutput() {
    CommandLineRun run = CommandLineRun.of("", "translate", "--model", model());

    assertThat(run).isEqualTo(new CommandLineRun(0, "", ""));
  }

  @Test
  void aLastLineWithoutEndCountsAsALine() {
    assertThat(CommandLineRun.of("Yes.\nNo.", "translate", "--model", model()).outLines())
        .isEqualTo(translations(List.of("Yes.", "No.")));
  }

  @Test
  void scoresComeBeforeTheTextAndATab() {
    List<String> plain = translate(SENTENCES).outLines();
    List<String> scored = translate(SENTENCES, "--scores").outLines();

    assertThat(scored).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(scored.get(i)).matches("-?\\d+\\.\\d{4}\t.*").endsWith("\t" + plain.get(i));
    }
  }

  @Test
  void nBestPrintsIndexTextAndScoreBestFirst() {
    List<String> best = translate(SENTENCES, "--beam", "4").outLines();
    List<String> ranked = translate(SENTENCES, "--beam", "4", "--nbest", "3").outLines();

    for (int i = 0; i < SENTENCES.size(); i++) {
      String index = Integer.toString(i);
      List<String[]> rows =
          ranked.stream()
              .map(line -> line.split(" \\|\\|\\| ", -1))
              .filter(row -> row[0].equals(index))
              .toList();
      assertThat(rows).hasSize(SENTENCES.get(i).isBlank() ? 1 : 3).allMatch(row -> row.length == 3);
      assertThat(rows.get(0)[1]).isEqualTo(best.get(i));
      assertThat(rows.stream().map(row -> -Double.parseDouble(row[2]))).isSorted();
    }
  }

  @Test
  void beam1IsGreedyAndHasOneHypothesis() {
    assertThat(translate(SENTENCES, "--beam", "1", "--nbest", "1").outLines())
        .hasSameSizeAs(SENTENCES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--beam=1", "--beam=4", "--sample"})
  void everyTranslationBeginsWithThePrefix(String search) {
    CommandLineRun run = translate(SENTENCES, "--prefix", " Eh bien, je ", search);

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSameSizeAs(SENTENCES);
    for (int i = 0; i < SENTENCES.size(); i++) {
      if (SENTENCES.get(i).isBlank()) {
        assertThat(run.outLines().get(i)).isEqualTo(SENTENCES.get(i));
      } else {
        assertThat(run.outLines().get(i)).startsWith("Eh bien, je").hasSizeGreaterThan(12);
      }
    }
  }

  @Test
  void aBlankPrefixChangesNothing() {
    assertThat(translate(SENTENCES, "--prefix", " ", "--scores"))
        .isEqualTo(translate(SENTENCES, "--scores"));
  }

  @Test
  void aPrefixThatIsTooLongForALineEndsTheRunWithOneLine() {
    CommandLineRun run = translate(List.of("Yes."), "--prefix", "Je ".repeat(100));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .matches(".*--prefix: .*'Yes\\.': expected at most \\d+ tokens, actual 100");
  }

  @Test
  void theSameSeedDrawsTheSameTextsAndAnotherSeedOthers() {
    CommandLineRun drawn = translate(SENTENCES, "--sample", "--seed", "7", "--scores");

    assertThat(drawn.exitCode()).isZero();
    assertThat(drawn.outLines()).hasSameSizeAs(SENTENCES);
    assertThat(translate(SENTENCES, "--sample", "--seed", "7", "--scores", "--threads", "3"))
        .isEqualTo(drawn);
    assertThat(translate(SENTENCES, "--sample", "--seed", "8", "--scores").outLines())
        .isNotEqualTo(drawn.outLines());
    assertThat(translate(SENTENCES, "--sample", "--scores"))
        .isEqualTo(translate(SENTENCES, "--sample", "--seed", "0", "--scores"));
  }

  @Test
  void aLineIsDrawnAloneAsAmongOthers() {
    List<String> drawn = translate(SENTENCES, "--sample", "--temperature", "2").outLines();

    for (int i = 0; i < SENTENCES.size(); i++) {
      List<String> line = List.of(SENTENCES.get(i));
      assertThat(translate(line, "--sample", "--temperature", "2").outLines())
          .containsExactly(drawn.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--temperature=0", "--top-k=1", "--top-p=0.0001"})
  void samplingFromOneTokenIsGreedy(String option) {
    assertThat(translate(SENTENCES, "--sample", option, "--scores"))
        .isEqualTo(translate(SENTENCES, "--beam", "1", "--scores"));
  }

  @Test
  void aTruncatedLineIsNamedOnStandardError() {
    CommandLineRun run = translate(List.of("Yes.", "no ".repeat(5000), "Yes."));

    assertThat(run.outLines()).hasSize(3);
    assertThat(run.outLines().get(2)).isEqualTo(run.outLines().get(0));
    assertThat(run.errLines()).singleElement().asString().contains("line 2", "beginning");
  }

  @Test
  void linesBeforeOneThatIsNotUtf8AreTranslated() {
    byte[] input = "Yes.\ncaf\u00e9\nNo.\n".getBytes(StandardCharsets.ISO_8859_1);

    CommandLineRun run = CommandLineRun.of(input, Map.of(), "translate", "--model", model());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.outLines()).isEqualTo(translations(List.of("Yes.")));
    assertThat(run.errLines()).singleElement().asString().contains("line 2", "not UTF-8");
  }

  @Test
  void inspectPrintsWhoTheModelIs() {
    CommandLineRun run = CommandLineRun.of("", "inspect", model());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.outLines())
        .anyMatch(line -> line.matches("languages: +en -> fr"))
        .anyMatch(line -> line.matches(" +model.onnx +[\\d,]+ bytes +sha256 [0-9a-f]{64}"))
        .anyMatch(line -> line.startsWith("checked:"));
  }

  private static CommandLineRun translate(List<String> lines, String... options) {
    List<String> arguments = new ArrayList<>(List.of("translate", "--model", model()));
    arguments.addAll(Arrays.asList(options));
    return CommandLineRun.of(String.join("\n", lines) + "\n", arguments.toArray(String[]::new));
  }

  /** What the translator says, one text at a time. */
  private static List<String> translations(List<String> texts) {
    try (Translator translator =
        Models.translator(Models.bundle(SHIPPED_MODEL), new DecoderSettings(1))) {
      return texts.stream()
          .map(text -> translator.translate(List.of(text)).get(0))
          .map(Translation::text)
          .toList();
    }
  }

  private static String model() {
    return SHIPPED_MODEL.toString();
  }
}
