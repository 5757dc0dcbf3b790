package io.streamglot.app.cli;

import io.streamglot.app.embedded.EmbeddedBroker;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topics.TopicAdmin;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.Translators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker with topics of any settings, which can be told what its users may not do. */
final class TopicsBroker implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker;
  private final Admin admin;

  TopicsBroker(Path folder) {
    this.folder = folder;
    broker =
        EmbeddedBroker.start(
            folder.resolve("broker"),
            0,
            Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true"));
    admin = Admin.create(adminSettings());
  }

  Map<String, Object> adminSettings() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A file of settings for the topics. */
  String config(AppTopics topics, String models) throws IOException {
    return Files.write(
            folder.resolve("app.properties"),
            List.of(
                "bootstrap.servers=" + bootstrapServers(),
                "streamglot.models=" + models,
                "streamglot.http.port=0",
                "streamglot.topic.source=" + topics.source(),
                "streamglot.topic.translations=" + topics.translations().get(0),
                "streamglot.topic.failures=" + topics.failures()))
        .toString();
  }

  /** The application between these topics, in a group of its own. */
  StreamsRunner startApp(
      AppTopics topics, Translators translators, Path stateFolder, Map<String, String> settings)
      throws IOException {
    Map<String, String> kafka = new HashMap<>(settings);
    kafka.put("bootstrap.servers", bootstrapServers());
    kafka.put("application.id", topics.source());
    kafka.put("state.dir", stateFolder.toString());
    RunSettings run = RunSettingsReader.read(Path.of(config(topics, "..")), Map.of());
    return StreamsRunner.start(
        run.topology(),
        translators,
        new Router(translators.pairs(), run.languages()),
        StreamsDefaults.with(kafka),
        StreamsRunner.CLOSE_LIMIT,
        TopologyListener.NONE,
        () -> {});
  }

  /** Creates a topic of one partition. */
  void create(String topic, Map<String, String> settings) throws Exception {
    create(topic, 1, settings);
  }

  void create(String topic, int partitions, Map<String, String> settings) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
        .all()
        .get();
    while (!exists(topic)) {
      Thread.sleep(10); // until the broker has heard of it; the timeout of the test ends it
    }
  }

  boolean exists(String topic) throws Exception {
    return admin.listTopics().names().get().contains(topic);
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    while (exists(topic)) {
      Thread.sleep(10); // until the broker has heard of it
    }
  }

  /** Deletes the first records of the first partition of a topic. */
  void deleteRecords(String topic, long count) throws Exception {
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(count)))
        .all()
        .get();
  }

  /** Which of the topics there are. */
  Set<String> existing(AppTopics topics) throws Exception {
    Set<String> names = admin.listTopics().names().get();
    names.retainAll(topics.names());
    return names;
  }

  /** Lets nobody see the settings of the topics, whether they exist or not. */
  void hideSettings(AppTopics topics) throws Exception {
    deny(AclOperation.DESCRIBE_CONFIGS, topics);
    NewTopic probe = new NewTopic(topics.source(), 1, (short) 1);
    TopicAdmin preview = new TopicAdmin(admin, Duration.ofSeconds(30));
    while (!preview.preview(List.of(probe)).get(0).settings().isEmpty()) {
      Thread.sleep(10); // until the controller has heard of it
    }
  }

  /** Lets nobody do that with the topics; everything else may be done. */
  void deny(AclOperation operation, AppTopics topics) throws Exception {
    List<AclBinding> rights = new ArrayList<>();
    for (String topic : topics.names()) {
      rights.add(right(topic, AclOperation.ALL, AclPermissionType.ALLOW));
      rights.add(right(topic, operation, AclPermissionType.DENY));
    }
    admin.createAcls(rights).all().get();
    while (!admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(rights)) {
      Thread.sleep(10); // until the broker has heard of it
    }
  }

  private static AclBinding right(String topic, AclOperation operation, AclPermissionType type) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
