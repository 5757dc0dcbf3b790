package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user can get wrong gives exit code 2 and one line that says what. */
class WrongInvocationsTest {

  @AfterEach
  void logQuietlyAgain() {
    Logging.configure(false);
  }

  @ParameterizedTest(name = "streamglot {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                | nonsense
          --nonsense                              | --nonsense
          demo --nonsense                         | --nonsense
          demo extra                              | extra
          demo --model                            | --model
          demo --model no/such/folder             | no/such/folder
          run                                     | --config
          run --config                            | --config
          run --config no/such/file               | no/such/file
          run --config .                          | .
          topics                                  | Missing required subcommand
          topics delete                           | delete
          topics create                           | --config
          topics create --config no/such/file     | no/such/file
          topics create --config x --partitions 0 | --partitions: expected 1 to 10000, actual 0
          topics create --config x --partitions 10001 | --partitions: expected 1 to 10000, actual 10001
          topics create --config x --partitions some | some
          topics create --config x --replication-factor 0 | --replication-factor: expected 1 to 32767, actual 0
          topics create --config x --replication-factor 32768 | --replication-factor: expected 1 to 32767, actual 32768
          topics create --config x --retention 7  | --retention: expected a whole number from 1 with s, m, h or d, or forever, actual 7
          topics create --config x --retention 0d | --retention
          topics create --config x extra          | extra
          config                                  | --config
          config --config no/such/file            | no/such/file
          config --config x extra                 | extra
          compare                                 | OLD
          compare a.avro                          | NEW
          compare no/such/file b.avro             | no/such/file: file: expected a recording, actual no such file
          compare a b --fail-on changed           | --fail-on: expected gates such as
          compare topic:a topic:b                 | topic:a: expected --config
          retry                                   | --config
          retry --config no/such/file             | no/such/file
          retry --config x --reason late          | --reason: expected one of unknown, undecodable, null_value, no_target_language, source_language_not_determined, unsupported_language_pair, translation_failed, too_large, too_many_target_languages, actual 'late'
          retry --config x --from yesterday       | --from: expected a time in UTC such as 2026-11-20T08:00:00Z, actual 'yesterday'
          retry --config x --to 8                 | --to: expected a time in UTC
          retry --config x extra                  | extra
          translate --nonsense                    | --nonsense
          translate extra                         | extra
          translate --model no/such/folder        | no/such/folder
          translate --model pom.xml               | pom.xml
          translate --model src                   | bundle.json
          translate --beam 0                      | --beam
          translate --beam 65                     | --beam
          translate --beam many                   | many
          translate --threads 0                   | expected auto or a whole number from 1 to 256, actual '0'
          translate --threads 257                 | --threads
          demo --threads many                     | --threads
          translate --device gpu                  | expected cpu, cuda:N (N from 0) or auto, actual 'gpu'
          translate --model ../models/en-fr --device cuda:999 | ../models/en-fr: device cuda:999: expected
          demo --device cuda                      | --device
          demo --model ../models/en-fr --device cuda:999 | ../models/en-fr: device cuda:999: expected
          translate --nbest 0                     | --nbest
          translate --nbest 65                    | --nbest
          translate --nbest -1                    | --nbest
          translate --nbest 5 --beam 4            | --nbest
          translate --nbest 2 --nbest 3           | --nbest
          translate --sample --beam 4             | --sample
          translate --sample --nbest 2            | --sample
          translate --top-k 5                     | --top-k, --top-p, --seed: expected with --sample
          translate --seed 5                      | expected with --sample, actual without
          translate --sample --temperature -1     | --temperature: expected 0 to 100, actual -1.0
          translate --sample --temperature hot    | hot
          translate --sample --top-k -1           | --top-k: expected at least 1, or 0 for all
          translate --sample --top-p 0            | --top-p: expected above 0, at most 1, actual 0.0
          translate --sample --seed 1.5           | --seed
          translate --prefix                      | --prefix
          translate --prefix �               | --prefix: expected UTF-8 without control characters
          inspect                                 | MODEL
          inspect no/such/folder                  | no/such/folder
          inspect pom.xml                         | pom.xml
          inspect src                             | bundle.json
          inspect src src                         | src
          """)
  void wrongArgumentsGiveExitCode2AndOneLineThatNamesThem(String arguments, String named) {
    CommandLineRun run = CommandLineRun.of("", arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.errLines().get(0)).startsWith("streamglot").contains(named);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aDamagedBundleGivesExitCode2AndOneLineThatNamesTheFile(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("bundle.json"), "{\"formatVersion\": 99, \"new\": 1}");

    for (String command : List.of("translate --model", "demo --model", "inspect")) {
      CommandLineRun run = CommandLineRun.of("Hello.\n", (command + " " + folder).split(" "));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errLines()).hasSize(1);
      assertThat(run.err()).contains(folder.toString(), "bundle.json", "expected 1", "actual 99");
    }
  }

  @Test
  void debugAddsTheStackTrace() {
    CommandLineRun run = CommandLineRun.of("", "inspect", "no/such/folder", "--debug");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no/such/folder").contains("\tat io.streamglot");
  }

  @Test
  void anInternalErrorGivesExitCode1AndOneLine() {
    CommandLine commandLine =
        StreamglotMain.commandLine(
            new ByteArrayInputStream(new byte[0]),
            new Output(new StringWriter()),
            new PrintWriter(new StringWriter()),
            Map.of());
    StringWriter err = new StringWriter();
    commandLine.setErr(new PrintWriter(err));

    int exitCode =
        ErrorReport.failure(new IllegalStateException("first\nsecond"), commandLine, false);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "streamglot: internal error: java.lang.IllegalStateException: first second"
                + " (--debug prints the stack trace)");
  }

  @ParameterizedTest(name = "streamglot {0}")
  @ValueSource(strings = {"", "--help", "-h", "help"})
  void helpListsEveryCommand(String arguments) {
    CommandLineRun run =
        CommandLineRun.of("", arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    for (String command :
        List.of(
            "demo",
            "run",
            "topics",
            "config",
            "translate",
            "inspect",
            "train",
            "evaluate",
            "attention",
            "study",
            "bench",
            "chaos")) {
      assertThat(run.outLines()).anyMatch(line -> line.matches("\\s+" + command + "\\s+\\S.*"));
    }
  }

  @ParameterizedTest(name = "streamglot {0} --help")
  @ValueSource(
      strings = {"demo", "run", "topics", "topics create", "config", "translate", "inspect"})
  void eachCommandHasAnExample(String command) {
    CommandLineRun run = CommandLineRun.of("", (command + " --help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: streamglot " + command, "Example:", "./streamglot");
  }
}
