package io.streamglot.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BrokerCommandTest {

  @TempDir private Path folder;

  @Test
  void itServesUntilItIsStoppedAndKeepsItsTopicsInTheFolderOfData() throws Exception {
    Process first = start();
    try (var admin = admin(first)) {
      admin.createTopics(List.of(new NewTopic("chat", 2, (short) 1))).all().get();
    } finally {
      first.destroy();
    }
    assertThat(first.waitFor()).isZero();

    Process second = start();
    try (var admin = admin(second)) {
      assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("chat"));
    } finally {
      second.destroy();
    }
    assertThat(second.waitFor()).isZero();
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      CommandLineRun run =
          CommandLineRun.of("", "broker", "--port", port + "", "--data", folder.toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errLines())
          .singleElement()
          .asString()
          .contains("--port, --data: expected a free port", "port " + port);
    }
  }

  @Test
  void aPortOutOfRangeIsOneLine() {
    assertThat(CommandLineRun.of("", "broker", "--port", "65536").errLines())
        .containsExactly("streamglot broker: --port: expected 0 to 65535, actual 65536");
  }

  private Process start() throws IOException {
    return ProgramProcess.builder(
            folder, "broker", "--port", "0", "--data", folder.resolve("data").toString())
        .redirectError(folder.resolve("log").toFile())
        .start();
  }

  /** Of the broker that says where it is. */
  private static Admin admin(Process broker) throws IOException {
    String[] line = broker.inputReader(UTF_8).readLine().split("=", 2);
    return Admin.create(Map.of(line[0], line[1]));
  }
}
