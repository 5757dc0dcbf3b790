package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.kafka.Jvms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka of several nodes, each a process of Kafka's own main class that is broker and controller,
 * on the loopback interface.
 *
 * <p>From three nodes on everything has three replicas, and two must have a record before it counts
 * as written. Otherwise the brokers keep Kafka's defaults, but for sizes that suit a small machine.
 * Used by one thread at a time.
 */
final class KafkaCluster {

  /** Ids of the nodes begin with it. */
  static final int FIRST_NODE = 1;

  private static final int REPLICAS = 3;
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms256m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Jvms jvms;
  private final Path folder;
  private final List<Integer> ports;
  private final List<Process> nodes = new ArrayList<>();

  private KafkaCluster(Jvms jvms, Path folder, List<Integer> ports) {
    this.jvms = jvms;
    this.folder = folder;
    this.ports = ports;
  }

  /**
   * Formats the storage and starts the nodes; does not wait until they serve.
   *
   * @param folder for their data and logs
   * @param count nodes, at least 1
   * @param settings of the brokers, over those of this class
   */
  static KafkaCluster start(Jvms jvms, Path folder, int count, Map<String, String> settings)
      throws IOException {
    List<Integer> ports = freePorts(2 * count);
    KafkaCluster cluster = new KafkaCluster(jvms, folder, ports);
    String clusterId = Uuid.randomUuid().toString();
    for (int node = FIRST_NODE; node < FIRST_NODE + count; node++) {
      Path data = Files.createDirectories(folder.resolve("broker-" + node));
      format(data, node, clusterId);
      Properties properties = new Properties();
      properties.putAll(cluster.settings(node, count, data));
      properties.putAll(settings);
      try (Writer file = Files.newBufferedWriter(cluster.settingsFile(node))) {
        properties.store(file, null);
      }
      cluster.nodes.add(cluster.start(node));
    }
    return cluster;
  }

  /** Where clients connect. */
  String bootstrapServers() {
    return IntStream.range(FIRST_NODE, FIRST_NODE + nodes.size())
        .mapToObj(node -> "127.0.0.1:" + clientPort(node))
        .collect(Collectors.joining(","));
  }

  /** Replicas of each partition. */
  static int replicas(int nodes) {
    return Math.min(nodes, REPLICAS);
  }

  /** How many nodes there are, dead or alive. */
  int size() {
    return nodes.size();
  }

  /** Kills a node as {@code kill -9} does. */
  void kill(int node) throws InterruptedException {
    Jvms.kill(nodes.get(node - FIRST_NODE));
  }

  /** Starts a node that was killed. */
  void restart(int node) throws IOException {
    nodes.set(node - FIRST_NODE, start(node));
  }

  /** The process id of a node. */
  long pid(int node) {
    return nodes.get(node - FIRST_NODE).pid();
  }

  /**
   * Does nothing while every node lives.
   *
   * @throws IllegalStateException if one ended by itself
   */
  void requireAlive() {
    for (int i = 0; i < nodes.size(); i++) {
      if (!nodes.get(i).isAlive()) {
        throw new IllegalStateException(
            "broker %d: expected to run, actual exit code %d; see %s"
                .formatted(FIRST_NODE + i, nodes.get(i).exitValue(), log(FIRST_NODE + i)));
      }
    }
  }

  private Process start(int node) throws IOException {
    return jvms.start(
        JVM_OPTIONS, "kafka.Kafka", List.of(settingsFile(node).toString()), log(node));
  }

  private Path settingsFile(int node) {
    return folder.resolve("broker-%d.properties".formatted(node));
  }

  private Path log(int node) {
    return folder.resolve("broker-%d.log".formatted(node));
  }

  private int clientPort(int node) {
    return ports.get(2 * (node - FIRST_NODE));
  }

  private int controllerPort(int node) {
    return ports.get(2 * (node - FIRST_NODE) + 1);
  }

  private Map<String, String> settings(int node, int count, Path data) {
    String replicas = Integer.toString(replicas(count));
    String inSync = count >= REPLICAS ? "2" : "1";
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(node)),
        Map.entry("log.dirs", data.toString()),
        Map.entry(
            "listeners",
            "CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(clientPort(node), controllerPort(node))),
        Map.entry("inter.broker.listener.name", "CLIENT"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry(
            "controller.quorum.voters",
            IntStream.range(FIRST_NODE, FIRST_NODE + count)
                .mapToObj(each -> "%d@127.0.0.1:%d".formatted(each, controllerPort(each)))
                .collect(Collectors.joining(","))),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("default.replication.factor", replicas),
        Map.entry("min.insync.replicas", inSync),
        Map.entry("offsets.topic.replication.factor", replicas),
        Map.entry("transaction.state.log.replication.factor", replicas),
        Map.entry("transaction.state.log.min.isr", inSync),
        Map.entry("share.coordinator.state.topic.replication.factor", replicas),
        Map.entry("share.coordinator.state.topic.min.isr", inSync),
        // Sizes alone: less to open at a start.
        Map.entry("offsets.topic.num.partitions", "6"),
        Map.entry("transaction.state.log.num.partitions", "6"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "3"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)));
  }

  private static void format(Path data, int node, String clusterId) throws IOException {
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(clusterId)
          .setNodeId(node)
          .setControllerListenerName("CONTROLLER")
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(data + ": cannot be formatted: " + e.getMessage(), e);
    }
  }

  /** Ports that nobody had a moment ago, all different. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
