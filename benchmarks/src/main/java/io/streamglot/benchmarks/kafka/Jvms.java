package io.streamglot.benchmarks.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Processes of Java with the class path of this one, none of which outlives it: not its normal end,
 * a failure, or Ctrl-C. Thread-safe.
 */
public final class Jvms implements AutoCloseable {

  private final List<String> common;
  private final List<Process> started = new ArrayList<>();
  private final Thread hook = new Thread(this::killAll, "kill-all");
  private boolean closed;

  /**
   * None yet.
   *
   * @param common options of each virtual machine
   */
  public Jvms(List<String> common) {
    this.common = List.copyOf(common);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a process. It does not inherit settings of Streamglot and Kafka from the environment.
   *
   * @param options of the virtual machine
   * @param log takes standard output and error
   * @throws IllegalStateException if this is closed
   */
  public synchronized Process start(
      List<String> options, String mainClass, List<String> arguments, Path log) throws IOException {
    if (closed) {
      throw new IllegalStateException("processes: expected to start one, actual at the end");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(common);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // They would override the settings of the run.
    builder.environment().keySet().removeIf(Jvms::isSetting);
    Process process = builder.start();
    started.removeIf(each -> !each.isAlive());
    started.add(process);
    return process;
  }

  /** Kills all that still run, and waits for their end. */
  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This machine is going down; the hook runs.
    }
  }

  /** Kills a process as {@code kill -9} does, and waits for its end. */
  public static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "process %d: expected to end by SIGKILL, actual alive".formatted(process.pid()));
    }
  }

  private synchronized void killAll() {
    closed = true;
    started.forEach(Process::destroyForcibly);
    started.forEach(process -> process.onExit().join());
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("STREAMGLOT_") || variable.startsWith("KAFKA_");
  }
}
