package io.streamglot.benchmarks.chaos;

import io.streamglot.benchmarks.chaos.Stage.StalledException;
import io.streamglot.benchmarks.decoding.Bundles;
import io.streamglot.benchmarks.kafka.Jvms;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run, from an empty folder to the verdict. */
public final class ChaosRun {

  private static final String APPLICATION = "streamglot-chaos";

  /** Doubles may come late. */
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final String LOGGING =
      "-Dlogback.configurationFile=io/streamglot/benchmarks/chaos/child-logback.xml";

  /** Messages a second where no backlog is wanted: a translation is never far. */
  private static final int OUTAGE_RATE = 200;

  private static final int MIN_BACKLOG = 500;
  private static final int MAX_BACKLOG = 10_000;

  private final ChaosSettings settings;
  private final Events events;

  private ChaosRun(ChaosSettings settings, PrintStream err) {
    this.settings = settings;
    this.events = new Events(err);
  }

  /**
   * Runs. No process is left behind, however it ends.
   *
   * @param err hears what happens
   * @throws IOException if model or folder cannot be read or written
   * @throws IllegalStateException if the run came to no verdict: Kafka or the program does not
   *     start, the program does not stop, a record cannot be sent
   */
  public static ChaosReport run(ChaosSettings settings, PrintStream err)
      throws IOException, InterruptedException {
    return new ChaosRun(settings, err).run();
  }

  private ChaosReport run() throws IOException, InterruptedException {
    ModelBundle bundle = Bundles.open(settings.model());
    Sentences sentences;
    try (BundleTranslator translator = BundleTranslator.open(bundle, new DecoderSettings(1))) {
      sentences = Sentences.of(settings.texts(), translator);
    }
    boolean rollout = settings.scenario() == Scenario.ROLLOUT;
    NextBundles next =
        NextBundles.of(bundle, rollout ? settings.kills() : 0, settings.work().resolve("bundles"));
    if (rollout) {
      next.write();
    }
    boolean poison = settings.scenario() == Scenario.POISON;
    Workload workload =
        new Workload(settings.keys(), sentences, bundle.manifest(), next.allVersions(), poison);
    try (Jvms jvms = new Jvms(List.of(LOGGING))) {
      KafkaCluster cluster =
          KafkaCluster.start(jvms, settings.work(), settings.brokers(), settings.brokerSet());
      events.add("%d brokers start".formatted(settings.brokers()));
      try (ClusterView view =
          new ClusterView(cluster.bootstrapServers(), APPLICATION, settings.streamsProtocol())) {
        awaitBrokers(cluster, view);
        Instances instances =
            new Instances(
                jvms, settings.work(), instanceSettings(cluster, next), settings.control());
        createTopics(jvms, instances.settingsFile(0));
        await(view::outOfSync);
        events.add("topics are created");
        return play(cluster, view, instances, workload, sentences, next);
      }
    }
  }

  private ChaosReport play(
      KafkaCluster cluster,
      ClusterView view,
      Instances instances,
      Workload workload,
      Sentences sentences,
      NextBundles bundles)
      throws IOException, InterruptedException {
    Verifier progress = new Verifier(workload);
    String servers = cluster.bootstrapServers();
    boolean poison = settings.scenario() == Scenario.POISON;
    List<String> results = new ArrayList<>();
    List<String> topics;
    boolean played = true;
    boolean stalled = false; // which a control may be, for what everybody waits for is lost
    double flowing;
    double ended;
    int sent;
    int selfEnds;
    try (Watch watch = Watch.start(new Committed(servers, settings.partitions()), progress);
        Generator generator =
            Generator.start(servers, workload, poison, pace(), progress::answeredThrough)) {
      Stage stage =
          new Stage(settings, cluster, view, instances, generator, watch, progress, events);
      int atFirst = settings.scenario() == Scenario.SCALE ? 1 : settings.instances();
      for (int number = 1; number <= atFirst; number++) {
        instances.start(number);
      }
      events.add("%d instances start".formatted(atFirst));
      flowing = events.seconds();
      try {
        stage.awaitFlow();
        flowing = events.seconds();
        topics = view.topicLines();
        events.add("the stream flows: " + stage.inFlight());
        Act.Result result = Act.of(settings, bundles).play(stage);
        results.addAll(result.lines());
        played = result.holds();
        // Until then there is load, however long the scenario takes.
        generator.endAt(settings.scenario() == Scenario.OUTAGE ? 0 : settings.records());
        stage.awaitEnd();
        ended = events.seconds();
        events.add("every message has an outcome: " + stage.inFlight());
        stage.pause(AFTERMATH);
        results.add("at the end " + stopAll(stage));
      } catch (StalledException e) {
        topics = view.topicLines();
        ended = events.seconds();
        events.add("stalled: %s; %s".formatted(e.getMessage(), stage.inFlight()));
        results.add("stalled: " + e.getMessage());
        stalled = true;
        killAll(instances); // the verdict is known, and they may be beyond an orderly stop
        generator.endAt(0);
      }
      sent = generator.sent();
      selfEnds = stage.selfEnds();
    }
    await(view::unfinishedTransaction);
    Verifier verifier = verifier(servers, workload);
    Verdict verdict = verifier.verdict(sent);
    events.add("verified: " + verdict);
    results.addAll(verifier.switches());
    results.add("instances that ended by themselves: " + selfEnds);
    return new ChaosReport(
        settings,
        Bundles.describe(bundles.bundle()),
        sentences,
        topics,
        events.all(),
        results,
        verdict,
        played && (!stalled || settings.control()),
        ended - flowing);
  }

  private static String stopAll(Stage stage)
      throws StalledException, InterruptedException, IOException {
    List<Duration> stops = new ArrayList<>();
    for (Instance instance : stage.instances().running()) {
      stops.add(InstanceStops.stop(stage, instance.number()));
    }
    return InstanceStops.summary(stops);
  }

  private static void killAll(Instances instances) throws InterruptedException {
    for (Instance instance : instances.running()) {
      instances.kill(instance.number());
    }
  }

  /** Has read all that is committed. */
  private Verifier verifier(String servers, Workload workload) {
    Verifier verifier = new Verifier(workload);
    try (Committed committed = new Committed(servers, settings.partitions())) {
      committed.drain(verifier::accept);
    }
    return verifier;
  }

  private Generator.Pace pace() {
    int rate =
        settings.rate() == 0 && settings.scenario() == Scenario.OUTAGE
            ? OUTAGE_RATE
            : settings.rate();
    int backlog =
        rate > 0
            ? MAX_BACKLOG
            : Math.max(MIN_BACKLOG, Math.min(MAX_BACKLOG, settings.records() / 10));
    return new Generator.Pace(rate, backlog);
  }

  private Map<String, String> instanceSettings(KafkaCluster cluster, NextBundles bundles) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", cluster.bootstrapServers());
    all.put("application.id", APPLICATION);
    all.put("processing.guarantee", settings.guarantee().toString());
    all.put("streamglot.models", bundles.bundle().folder().toAbsolutePath().toString());
    if (settings.scenario() == Scenario.ROLLOUT) {
      all.put("streamglot.topic.models", Rollouts.TOPIC);
      all.put("streamglot.rollout.bundles", bundles.folder().toString());
    }
    all.put("streamglot.http.enabled", "off");
    all.put("streamglot.cache.max.bytes", "0"); // sentences come again; each is to be work
    // What comes out without a source language must be known beforehand.
    all.put("streamglot.language.detection", "off");
    all.put("streamglot.decoder.threads", "1");
    all.putAll(settings.set());
    return all;
  }

  private void awaitBrokers(KafkaCluster cluster, ClusterView view)
      throws IOException, InterruptedException {
    await(
        () -> {
          cluster.requireAlive();
          return view.withoutBrokers(settings.brokers());
        });
    events.add("%d brokers serve at %s".formatted(settings.brokers(), cluster.bootstrapServers()));
  }

  /** By the program, as users do. */
  private void createTopics(Jvms jvms, Path config) throws IOException, InterruptedException {
    Path log = settings.work().resolve("topics.log");
    Process process =
        jvms.start(
            List.of("-XX:TieredStopAtLevel=1"),
            Instances.PROGRAM,
            List.of(
                "topics",
                "create",
                "--config",
                config.toString(),
                "--partitions",
                Integer.toString(settings.partitions()),
                "--replication-factor",
                Integer.toString(KafkaCluster.replicas(settings.brokers()))),
            log);
    boolean ended = process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "topics create: expected exit code 0, actual %s: %s"
              .formatted(ended ? process.exitValue() : "none", Files.readString(log).strip()));
    }
  }

  /** Waits while nothing else goes on that needs care. */
  private static void await(Stage.Objection objection) throws InterruptedException {
    Patience patience = new Patience(START_LIMIT);
    for (var actual = objection.ask(); actual.isPresent(); actual = objection.ask()) {
      if (patience.isOver()) {
        throw new IllegalStateException(
            "not as expected after %d s: %s".formatted(START_LIMIT.toSeconds(), actual.get()));
      }
      Thread.sleep(100);
    }
  }
}
