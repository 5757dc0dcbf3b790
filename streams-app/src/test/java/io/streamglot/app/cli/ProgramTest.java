package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own: pipes, exit codes, signals. */
@Timeout(180)
class ProgramTest {
  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatATestLeftRunning() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aWrongFlagGivesExitCode2AndOneLine() throws Exception {
    Process program = start("demo", "--nonsense");

    assertThat(text(program.getErrorStream())).hasLineCount(1).contains("--nonsense");
    assertThat(text(program.getInputStream())).isEmpty();
    assertThat(program.waitFor()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dfile.encoding=US-ASCII", "-Duser.language=ar"})
  void outputIsUtf8InAnyLocale(String locale) throws Exception {
    ProcessBuilder builder = builder("translate", "--model", model(), "--nbest", "2");
    builder.environment().put("LC_ALL", "C");
    builder.command().add(1, locale);
    Process program = start(builder);
    write(program, "été 你好\n");

    CommandLineRun inside =
        CommandLineRun.of("été 你好\n", "translate", "--model", model(), "--nbest", "2");
    assertThat(inside.out()).startsWith("0 ||| ");
    assertThat(text(program.getInputStream())).isEqualTo(inside.out());
    assertThat(program.waitFor()).isZero();
  }

  @Test
  void digitsAreTheSameInAnyLocale() throws Exception {
    ProcessBuilder builder = builder("inspect", model());
    builder.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));

    assertThat(text(start(builder).getInputStream()))
        .containsPattern("model.onnx +[0-9,]+ bytes")
        .containsPattern("beam [0-9]+,");
  }

  @Test
  void translateAnswersALineBeforeTheNextIsTyped() throws Exception {
    Process program = start("translate", "--model", model());
    OutputStream keyboard = program.getOutputStream();
    try (BufferedReader screen = program.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < 3; i++) {
        keyboard.write("I love you.\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        assertThat(screen.readLine()).isNotBlank();
      }
      keyboard.close();
      assertThat(screen.readLine()).isNull();
    }
    assertThat(program.waitFor()).isZero();
  }

  @Test
  void demoPrintsATranslationForEachLineInOrderAndLeavesNothingBehind() throws Exception {
    String input = "How are you?\n\nI love you.\nWhere is the station?\n";
    Process program = start("demo", "--model", model());
    write(program, input);

    CommandLineRun direct = CommandLineRun.of(input, "translate", "--model", model());
    assertThat(text(program.getInputStream())).isEqualTo(direct.out());
    assertThat(text(program.getErrorStream())).isEmpty();
    assertThat(program.waitFor()).isZero();
    assertNothingLeft();
  }

  @Test
  void demoEndsWithAnInterruptAndLeavesNothingBehind() throws Exception {
    assumeFalse(ignoresInterrupts(), "a shell started this in the background, deaf to Ctrl-C");
    Process program = start("demo", "--model", model());
    OutputStream keyboard = program.getOutputStream();
    keyboard.write("I love you.\n".getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    assertThat(program.inputReader(StandardCharsets.UTF_8).readLine()).isNotBlank();

    new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();

    assertThat(program.waitFor()).isEqualTo(130);
    assertNothingLeft();
  }

  /** Programs inherit that; SIGINT is bit 1 of the mask. */
  private static boolean ignoresInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(mask -> (mask & 2) != 0);
  }

  @Test
  void runServesAKafkaUntilItIsTerminatedAndThenEndsWithExitCode0() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      broker.createTopics(1, "source-text", "translations", "translation-failures");
      Process program = start("run", "--config", config(broker.bootstrapServers()));
      try (BufferedReader log = program.errorReader(StandardCharsets.UTF_8)) {
        awaitLine(log, "running: from source-text to translations, [en to fr]");

        Translation answer = translateThrough(broker, "I love you.");
        CommandLineRun direct = CommandLineRun.of("I love you.\n", "translate", "--model", model());
        assertThat(answer.getText() + "\n").isEqualTo(direct.out());
        assertThat(answer.getModelName())
            .isEqualTo(Models.bundle(CommandLineRun.SHIPPED_MODEL).manifest().name());

        program.toHandle().destroy(); // SIGTERM; Process.destroy would close the log
        assertThat(awaitLine(log, "stopped"))
            .noneMatch(line -> line.contains("I love you.") || line.contains(answer.getText()));
      }
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
      assertThat(text(program.getInputStream())).isEmpty();
    }
  }

  @Test
  void runLogsInJsonIfItIsAskedTo() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      broker.createTopics(1, "source-text", "translations", "translation-failures");
      Path config = Path.of(config(broker.bootstrapServers()));
      Files.writeString(config, "streamglot.log.format=json\n", StandardOpenOption.APPEND);
      Process program = start("run", "--config", config.toString());
      try (BufferedReader log = program.errorReader(StandardCharsets.UTF_8)) {
        awaitLine(log, "\"formattedMessage\":\"running:");
      }
    }
  }

  @ParameterizedTest(name = "streamglot {0}")
  @ValueSource(
      strings = {"--help", "inspect MODEL", "translate --model MODEL", "demo --model MODEL"})
  void outputThatCannotBeWrittenGivesExitCode2AndOneLine(String arguments) throws Exception {
    ProcessBuilder builder = builder(arguments.replace("MODEL", model()).split(" "));
    Process program = start(builder.redirectOutput(Path.of("/dev/full").toFile()));
    program.getOutputStream().write("I love you.\n".getBytes(StandardCharsets.UTF_8));
    program.getOutputStream().flush(); // and open: the demo must not wait for its end

    if (!arguments.startsWith("demo")) {
      program.getOutputStream().close();
    }
    assertThat(text(program.getErrorStream()))
        .hasLineCount(1)
        .contains("standard output", "No space left on device");
    assertThat(program.waitFor()).isEqualTo(2);
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"translate", "demo"})
  void aClosedPipeEndsQuietlyHoweverLongTheInput(String command) throws Exception {
    Process program = start(builder(command, "--model", model()));
    Thread typist =
        new Thread(
            () -> {
              try (OutputStream keyboard = program.getOutputStream()) {
                while (true) {
                  keyboard.write("Hello.\n".getBytes(StandardCharsets.UTF_8));
                  keyboard.flush();
                }
              } catch (IOException e) {
                return; // the program has ended
              }
            });
    typist.start();
    try (BufferedReader screen = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(screen.readLine()).isNotBlank();
    }

    assertThat(text(program.getErrorStream())).isEmpty();
    assertThat(program.waitFor()).isEqualTo(141);
    typist.join();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"translate", "demo"})
  void aFolderAsInputGivesExitCode2AndOneLine(String command) throws Exception {
    ProcessBuilder builder = builder(command, "--model", model());
    Process program = start(shell(builder, "exec \"$@\" < ."));

    assertThat(text(program.getErrorStream())).hasLineCount(1).contains("standard input");
    assertThat(program.waitFor()).isEqualTo(2);
  }

  @Test
  void demoNamesATemporaryFolderThatIsMissing() throws Exception {
    ProcessBuilder builder = builder("demo", "--model", model());
    builder.command().add(builder.command().indexOf("-cp"), "-Djava.io.tmpdir=/no/such/folder");
    Process program = start(builder);

    // Newer Javas add a warning of their own before the program starts.
    assertThat(text(program.getErrorStream()).lines().filter(line -> !line.startsWith("WARNING:")))
        .singleElement()
        .asString()
        .contains("java.io.tmpdir", "/no/such/folder");
    assertThat(program.waitFor()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "commit.interval.ms=20000",
        "interceptor.classes=no.Such",
        "security.protocol=SASL_SSL"
      })
  void runRefusesSettingsThatKafkaRefusesInOneLine(String setting) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      broker.createTopics(1, "source-text", "translations", "translation-failures");
      Path config = Path.of(config(broker.bootstrapServers()));
      Files.writeString(config, setting + "\n", StandardOpenOption.APPEND);
      Process program = start("run", "--config", config.toString());

      assertThat(text(program.getErrorStream())).hasLineCount(1).contains("expected");
      assertThat(program.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void runNamesTheTopicsThatAreMissing() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      broker.createTopics(1, "source-text");
      CommandLineRun run =
          CommandLineRun.of("", "run", "--config", config(broker.bootstrapServers()));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errLines())
          .singleElement()
          .asString()
          .contains("missing [translation-failures, translations]");
    }
  }

  @Test
  void aKafkaThatDoesNotAnswerIsGivenUpAfterTheLimit() {
    Map<String, Object> settings = Map.of("bootstrap.servers", "localhost:1");
    Instant start = Instant.now();

    assertThatThrownBy(
            () ->
                TopicCheck.requireTopics(
                    settings,
                    new AppTopics("x", List.of("y"), "z"),
                    Duration.ofSeconds(2),
                    line -> {}))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("localhost:1")
        .hasMessageContaining("within 2 s");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void runNamesAHostThatDoesNotExist() throws Exception {
    CommandLineRun run = CommandLineRun.of("", "run", "--config", config("no-such-host.invalid:9"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("bootstrap.servers", "no-such-host.invalid:9")
        .doesNotContain("Exception");
  }

  @ParameterizedTest(name = "state.dir={0}")
  @ValueSource(strings = {"/proc/state", "app.properties", "app.properties/state"})
  void runNamesAStateFolderThatCannotBeWritten(String place) throws Exception {
    Path config = Path.of(config("localhost:1"));
    String state = folder.resolve(place).toString(); // root may write to any folder, not to these
    Files.writeString(config, "state.dir=" + state + "\n", StandardOpenOption.APPEND);
    CommandLineRun run = CommandLineRun.of("", "run", "--config", config.toString());

    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith(
            "streamglot run: state.dir: expected a folder that can be written, actual '%s' cannot"
                .formatted(state));
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void runNamesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config = Path.of(config("localhost:1"));
      Files.writeString(
          config, "streamglot.http.port=" + taken.getLocalPort() + "\n", StandardOpenOption.APPEND);
      CommandLineRun run = CommandLineRun.of("", "run", "--config", config.toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errLines())
          .containsExactly(
              "streamglot run: streamglot.http.host, streamglot.http.port: expected a free port of"
                  + " this machine (0 takes any, streamglot.http.enabled=off none), actual"
                  + " 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": Address already in use");
    }
  }

  private static Translation translateThrough(EmbeddedBroker broker, String text) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    SourceText record =
        SourceText.newBuilder()
            .setMessageId("1")
            .setText(text)
            .setTargetLanguages(List.of("fr"))
            .setSentAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    try (KafkaProducer<String, SourceText> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                AvroSerdes.sourceText());
        KafkaConsumer<String, Translation> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), AvroSerdes.translation())) {
      producer.send(new ProducerRecord<>("source-text", "key", record)).get();
      TopicPartition translations = new TopicPartition("translations", 0);
      consumer.assign(List.of(translations));
      consumer.seekToBeginning(List.of(translations));
      while (true) { // the class's timeout ends it
        for (ConsumerRecord<String, Translation> answer : consumer.poll(Duration.ofMillis(100))) {
          return answer.value();
        }
      }
    }
  }

  private String config(String bootstrapServers) throws IOException {
    return Files.write(
            folder.resolve("app.properties"),
            List.of(
                "bootstrap.servers=" + bootstrapServers,
                "streamglot.models=" + model(),
                "streamglot.http.port=0",
                "state.dir=" + folder.resolve("state")))
        .toString();
  }

  private Process start(String... arguments) throws IOException {
    return start(builder(arguments));
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process program = builder.start();
    started.add(program);
    return program;
  }

  private ProcessBuilder builder(String... arguments) throws IOException {
    return ProgramProcess.builder(folder, arguments);
  }

  /** The same program, started by a shell as the script says; {@code "$@"} is the command. */
  private static ProcessBuilder shell(ProcessBuilder builder, String script) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(builder.command());
    return builder.command(command);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("streamglot"));
    }
  }

  /** The lines before the one that has the part. */
  private static List<String> awaitLine(BufferedReader log, String part) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains(part)) {
        return seen;
      }
      seen.add(line);
    }
    throw new AssertionError("expected a line with '" + part + "', actual " + seen);
  }

  private static void write(Process program, String input) throws IOException {
    try (OutputStream keyboard = program.getOutputStream()) {
      keyboard.write(input.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String model() {
    return CommandLineRun.SHIPPED_MODEL.toString();
  }
}
