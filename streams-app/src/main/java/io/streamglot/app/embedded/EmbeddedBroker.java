package io.streamglot.app.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, on the loopback
 * interface.
 *
 * <ul>
 *   <li>Transactions and consumer groups work, with one replica of everything.
 *   <li>Topics are not created by themselves.
 *   <li>Records up to {@value #MAX_RECORD_BYTES} bytes are accepted.
 *   <li>A folder that held a broker before is taken up again with its topics, records and offsets,
 *       also after the JVM was killed.
 *   <li>A fatal fault of the broker is logged and never ends the JVM.
 *   <li>Clients need no password, unless settings of the listener {@code CLIENT} say otherwise, as
 *       {@code listener.security.protocol.map} does. The broker speaks with itself on a listener of
 *       its own, to which this never applies.
 * </ul>
 *
 * <p>Several brokers may run in one JVM on different folders. Instances are thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /** Largest batch of records that the broker accepts, in bytes: twice Kafka's own default. */
  public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

  private static final Duration METADATA_POLL = Duration.ofMillis(5);
  private static final Duration METADATA_LIMIT = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int NODE_ID = 1;
  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String INTERNAL_LISTENER = "INTERNAL";
  private static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

  private final LoopbackSockets sockets;
  private final BrokerServer broker;
  private final ControllerServer controller;
  private boolean closed;

  private EmbeddedBroker(LoopbackSockets sockets, KafkaConfig config) {
    this.sockets = sockets;
    var logDirs =
        KafkaRaftServer.initializeLogDirs(config, LOG, "[embedded broker " + NODE_ID + "] ");
    var shared =
        new SharedServer(
            config,
            logDirs._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, logDirs._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            (name, fatal, action) -> new LoggingFaultHandler(name, action),
            sockets);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), logDirs._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Starts a broker on a port that the operating system picks; otherwise as {@link #start(Path,
   * int)}.
   */
  public static EmbeddedBroker start(Path dataDir) {
    return start(dataDir, 0);
  }

  /** Starts a broker with its own settings alone; otherwise as {@link #start(Path, int, Map)}. */
  public static EmbeddedBroker start(Path dataDir, int port) {
    return start(dataDir, port, Map.of());
  }

  /**
   * Starts a broker and returns when it serves clients: after some seconds in a fresh JVM.
   *
   * @param dataDir folder of the broker's data, made where it is missing; no other broker may use
   *     it at the same time
   * @param port port on the loopback interface, 1 to 65535, or 0 for any free one
   * @param settings of Kafka, over those of this class
   * @throws UncheckedIOException if the folder cannot be written or the port is taken
   * @throws IllegalStateException if the broker fails to start
   */
  public static EmbeddedBroker start(Path dataDir, int port, Map<String, String> settings) {
    LoopbackSockets sockets = null;
    EmbeddedBroker embedded = null;
    try {
      Files.createDirectories(dataDir);
      formatOnce(dataDir);
      sockets =
          LoopbackSockets.bind(
              Map.of(CLIENT_LISTENER, port, INTERNAL_LISTENER, 0, CONTROLLER_LISTENER, 0));
      embedded = new EmbeddedBroker(sockets, config(dataDir, sockets, settings));
      embedded.controller.startup();
      embedded.broker.startup();
      return embedded;
    } catch (Exception e) {
      // Kafka's Scala code throws checked exceptions that it does not declare. Whatever it was,
      // threads that were left running would keep the JVM alive.
      if (embedded != null) {
        embedded.close();
      } else if (sockets != null) {
        sockets.close();
      }
      var message = "embedded broker in %s, port %d: %s".formatted(dataDir, port, e.getMessage());
      throw e instanceof IOException io
          ? new UncheckedIOException(message, io)
          : new IllegalStateException(message, e);
    }
  }

  /** Where clients connect, as {@code host:port}; the value of {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return sockets.address(CLIENT_LISTENER);
  }

  /**
   * Creates the topics that are missing and returns when every partition takes records. Topics that
   * exist stay as they are.
   *
   * <p>A producer with several requests under way that sends to a partition which is not ready may
   * see its first records refused for good (out of order sequence), hence the wait.
   *
   * @param partitions of each new topic, at least 1
   * @param names names of the topics
   * @throws KafkaException if a topic cannot be created, such as for its name
   */
  public void createTopics(int partitions, String... names) {
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", sockets.address(INTERNAL_LISTENER)))) {
      var missing = new TreeSet<>(List.of(names));
      missing.removeAll(admin.listTopics().names().get());
      admin
          .createTopics(
              missing.stream().map(name -> new NewTopic(name, partitions, (short) 1)).toList())
          .all()
          .get();
      var latest = latestOffsets(missing, partitions);
      awaitMetadata(latest.keySet());
      // Answered only by the leader of a partition, and asked again until there is one.
      admin.listOffsets(latest).all().get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "topics %s: %s".formatted(List.of(names), e.getCause().getMessage()), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** The controller has answered; the broker beside it may not have heard yet. */
  private void awaitMetadata(Set<TopicPartition> partitions) throws InterruptedException {
    long end = System.nanoTime() + METADATA_LIMIT.toNanos();
    while (!partitions.stream().allMatch(broker.metadataCache()::contains)) {
      if (System.nanoTime() > end) {
        throw new KafkaException(
            "partitions %s: expected to be known within %s, actual not"
                .formatted(partitions, METADATA_LIMIT));
      }
      Thread.sleep(METADATA_POLL.toMillis());
    }
  }

  private static Map<TopicPartition, OffsetSpec> latestOffsets(Set<String> topics, int partitions) {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (var topic : topics) {
      for (int partition = 0; partition < partitions; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    return latest;
  }

  /** The port on the loopback interface, for a restart on the same one. */
  public int port() {
    return sockets.port(CLIENT_LISTENER);
  }

  /** Stops the broker; its data stays. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    broker.shutdown(SHUTDOWN_LIMIT);
    controller.shutdown();
    sockets.close();
  }

  private static void formatOnce(Path dataDir) throws IOException {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setControllerListenerName(CONTROLLER_LISTENER)
          .addDirectory(dataDir.toString())
          .setMetadataLogDirectory(dataDir.toString())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format: " + e.getMessage(), e);
    }
  }

  private static KafkaConfig config(
      Path dataDir, LoopbackSockets sockets, Map<String, String> settings) {
    var config = new TreeMap<String, String>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(NODE_ID));
    config.put("log.dirs", dataDir.toString());
    config.put(
        "listeners",
        "%s://%s,%s://%s,%s://%s"
            .formatted(
                CLIENT_LISTENER,
                sockets.address(CLIENT_LISTENER),
                INTERNAL_LISTENER,
                sockets.address(INTERNAL_LISTENER),
                CONTROLLER_LISTENER,
                sockets.address(CONTROLLER_LISTENER)));
    config.put("inter.broker.listener.name", INTERNAL_LISTENER);
    config.put("controller.listener.names", CONTROLLER_LISTENER);
    config.put(
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT,%s:PLAINTEXT"
            .formatted(CLIENT_LISTENER, INTERNAL_LISTENER, CONTROLLER_LISTENER));
    config.put("controller.quorum.voters", NODE_ID + "@" + sockets.address(CONTROLLER_LISTENER));

    // One broker: one replica of everything, and few partitions, since each is opened at start.
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("share.coordinator.state.topic.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    // An abandoned transaction hides what follows it: look for one each second, not each ten.
    config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    config.put("auto.create.topics.enable", "false");
    config.put("message.max.bytes", Integer.toString(MAX_RECORD_BYTES));

    // Sized for one application on a small machine.
    config.put("num.network.threads", "1");
    config.put("num.io.threads", "2");
    config.put("background.threads", "2");
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
    config.putAll(settings);
    return KafkaConfig.fromProps(asProperties(config), false);
  }

  private static Properties asProperties(Map<String, String> config) {
    var properties = new Properties();
    properties.putAll(config);
    return properties;
  }
}
