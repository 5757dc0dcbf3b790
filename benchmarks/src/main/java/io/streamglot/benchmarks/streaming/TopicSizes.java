package io.streamglot.benchmarks.streaming;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers how large topics are, internal ones too. */
record TopicSizes(Admin admin) {

  /**
   * The size of each topic, by name.
   *
   * @throws IOException if a broker does not answer
   */
  SortedMap<String, TopicSize> now() throws IOException, InterruptedException {
    try {
      Map<TopicPartition, Long> bytes = new HashMap<>();
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      for (Map<String, LogDirDescription> folders :
          admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        for (LogDirDescription folder : folders.values()) {
          folder
              .replicaInfos()
              .forEach((partition, replica) -> bytes.merge(partition, replica.size(), Long::sum));
        }
      }
      // The log of the controller lies beside the topics, and is none.
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      bytes.keySet().removeIf(partition -> !topics.contains(partition.topic()));
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      bytes.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
      SortedMap<String, TopicSize> sizes = new TreeMap<>();
      bytes.forEach(
          (partition, size) ->
              sizes.merge(
                  partition.topic(),
                  new TopicSize(size, ends.get(partition).offset()),
                  TopicSize::plus));
      return sizes;
    } catch (ExecutionException e) {
      throw new IOException("topics: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
