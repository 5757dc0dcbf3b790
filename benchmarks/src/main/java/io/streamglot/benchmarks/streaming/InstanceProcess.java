package io.streamglot.benchmarks.streaming;

import io.streamglot.app.cli.StreamglotMain;
import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.benchmarks.kafka.Jvms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code streamglot run} in a process of its own. Closing it kills it where it still runs. */
final class InstanceProcess implements AutoCloseable {

  private static final int STOP_LIMIT_SECONDS = 60;

  private final Jvms jvms;
  private final Process process;
  private final Path log;

  private InstanceProcess(Jvms jvms, Process process, Path log) {
    this.jvms = jvms;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param config its properties file
   * @param log what it says goes there
   * @param javaOptions of its virtual machine
   */
  static InstanceProcess start(Path config, Path log, List<String> javaOptions) throws IOException {
    Jvms jvms = new Jvms(javaOptions);
    try {
      List<String> run = List.of("run", "--config", config.toString());
      Process process = jvms.start(List.of(), StreamglotMain.class.getName(), run, log);
      return new InstanceProcess(jvms, process, log);
    } catch (IOException | RuntimeException e) {
      jvms.close();
      throw e;
    }
  }

  /** Resident bytes; empty where the system does not tell. */
  OptionalLong residentBytes() throws IOException {
    return ProcessMemory.residentBytes(process.toHandle());
  }

  /**
   * Checks that it has not ended.
   *
   * @throws IOException with what it said last
   */
  void requireRunning() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "instance: expected to run, actual exit code %d; it said last: %s"
              .formatted(process.exitValue(), lastLine()));
    }
  }

  /**
   * Asks it to end, as SIGTERM does, and waits.
   *
   * @return its exit code
   * @throws IOException if it does not end
   */
  int stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(
          "instance: expected to end within %d s, actual not; it said last: %s"
              .formatted(STOP_LIMIT_SECONDS, lastLine()));
    }
    return process.exitValue();
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
  }

  @Override
  public void close() {
    jvms.close();
  }
}
