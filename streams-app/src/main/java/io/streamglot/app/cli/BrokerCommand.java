package io.streamglot.app.cli;

import io.streamglot.app.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A Kafka to try things with, where there is none. */
@Command(
    name = "broker",
    description = "Run a Kafka broker to try things with, until stopped.",
    footer = {
      "",
      "Kafka's own broker, alone, on the loopback interface and without passwords: for trying and",
      "for tests, not for production. Topics are not created by themselves.",
      "",
      "Example:",
      "  ./streamglot broker --data kafka"
    })
final class BrokerCommand implements Callable<Integer> {

  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Port on the loopback interface; 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where topics and offsets are kept from one start to the next (default: a temporary"
              + " folder that is removed at the end).")
  private Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > MAX_PORT) {
      throw new UserErrorException("--port: expected 0 to %d, actual %d".formatted(MAX_PORT, port));
    }
    CountDownLatch stopped = new CountDownLatch(1);
    StopSignal.install().onReceived(stopped::countDown);
    if (data != null) {
      serve(data, stopped);
    } else {
      try (TemporaryFolder folder = TemporaryFolder.create("streamglot-broker-")) {
        serve(folder.path(), stopped);
      }
    }
    return 0;
  }

  private void serve(Path folder, CountDownLatch stopped) throws InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("bootstrap.servers=" + broker.bootstrapServers());
      out.flush();
      stopped.await();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new UserErrorException(
          "--port, --data: expected a free port and a folder that no other broker uses, actual: "
              + e.getMessage());
    }
  }
}
