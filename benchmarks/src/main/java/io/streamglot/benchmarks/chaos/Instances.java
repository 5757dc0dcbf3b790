package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.kafka.Jvms;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Instances of the program, each a process. Used by one thread at a time. */
final class Instances {

  /** The program that users run. */
  static final String PROGRAM = "io.streamglot.app.cli.StreamglotMain";

  /** How long a stop may take: as long as the program itself waits for its batch, and some. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(35);

  /** They live some seconds, on cores that are shared: what C2 would compile comes too late. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms96m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Unique for each instance of a group. */
  private static final String STATIC_MEMBER = "group.instance.id";

  private final Jvms jvms;
  private final Path folder;
  private final Map<String, String> settings;
  private final boolean forgetful;
  private final Map<Integer, Instance> running = new TreeMap<>();
  private final Map<Integer, Integer> starts = new HashMap<>();

  /**
   * Starts none.
   *
   * @param folder for their settings, state and logs
   * @param settings of {@code run}, for all of them
   * @param forgetful whether they run without the store of waiting records
   */
  Instances(Jvms jvms, Path folder, Map<String, String> settings, boolean forgetful) {
    this.jvms = jvms;
    this.folder = folder;
    this.settings = settings;
    this.forgetful = forgetful;
  }

  /** The settings of an instance, in a file of their own. */
  Path settingsFile(int number) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("state.dir", folder.resolve("state-" + number).toString());
    properties.computeIfPresent(STATIC_MEMBER, (key, value) -> staticMember(number));
    Path file = folder.resolve("instance-%d.properties".formatted(number));
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /**
   * The number of the instance that runs and is this member of the group, or 0.
   *
   * @param clientId of its consumer; a static member keeps the one of its first life
   * @param staticMember its {@code group.instance.id}, or null; Kafka Streams adds to it the number
   *     of the thread
   */
  int numberOf(String clientId, String staticMember) {
    return running.values().stream()
        .filter(
            instance ->
                staticMember == null
                    ? instance.owns(clientId)
                    : staticMember.startsWith(staticMember(instance.number()) + "-"))
        .mapToInt(Instance::number)
        .findFirst()
        .orElse(0);
  }

  private String staticMember(int number) {
    return settings.get(STATIC_MEMBER) + "-" + number;
  }

  /** Starts an instance that does not run. */
  void start(int number) throws IOException {
    Path file = settingsFile(number);
    int life = starts.merge(number, 1, Integer::sum);
    Path log = folder.resolve("instance-%d.%d.log".formatted(number, life));
    Process process =
        forgetful
            ? jvms.start(
                JVM_OPTIONS, ForgetfulProgram.class.getName(), List.of(file.toString()), log)
            : jvms.start(JVM_OPTIONS, PROGRAM, List.of("run", "--config", file.toString()), log);
    running.put(number, new Instance(number, process, log));
  }

  /** Those that were started and neither killed nor stopped, by number. */
  List<Instance> running() {
    return List.copyOf(running.values());
  }

  /** One that runs. */
  Instance get(int number) {
    return running.get(number);
  }

  /** How many lives of instances have said this in their logs. */
  long said(String text) throws IOException {
    long lives = 0;
    try (var logs = Files.newDirectoryStream(folder, "instance-*.log")) {
      for (Path log : logs) {
        lives += Files.readString(log).contains(text) ? 1 : 0;
      }
    }
    return lives;
  }

  /** Kills an instance as {@code kill -9} does. */
  void kill(int number) throws InterruptedException {
    Jvms.kill(running.remove(number).process());
  }

  /**
   * Stops an instance by SIGTERM.
   *
   * @return how long it took
   * @throws IllegalStateException if it does not end in time, or not with exit code 0
   */
  Duration terminate(int number) throws InterruptedException {
    Instance instance = running.remove(number);
    long start = System.nanoTime();
    instance.process().destroy();
    boolean ended = instance.process().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!ended || instance.process().exitValue() != 0) {
      throw new IllegalStateException(
          "instance %d: expected to end within %d s of SIGTERM with exit code 0, actual %s; it said last: %s"
              .formatted(
                  number,
                  STOP_LIMIT.toSeconds(),
                  ended ? "exit code " + instance.process().exitValue() : "alive",
                  instance.lastWords()));
    }
    return took;
  }

  /** Takes out those that ended by themselves. */
  List<Instance> removeEnded() {
    List<Instance> ended = new ArrayList<>(running.values());
    ended.removeIf(instance -> instance.process().isAlive());
    ended.forEach(instance -> running.remove(instance.number()));
    return ended;
  }
}
