package io.streamglot.app.cli;

import io.streamglot.app.recording.MessageFilter;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.TopicRange;
import io.streamglot.app.recording.TopicReader;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.translator.bundle.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is replayed: a recording, or a range of a topic.
 *
 * @param messages of it, to be read once
 * @param metadata what it says of itself, by the names of {@link RecordingMetadata}
 * @param losses a line for each part that was there and could not be read, once the messages were
 */
record ReplaySource(
    Iterator<RecordedMessage> messages,
    Map<String, String> metadata,
    Supplier<List<String>> losses) {

  /**
   * All of a recording.
   *
   * @param reader of the file; must stay open as long as this is used
   * @throws UserErrorException if the file cannot be read
   */
  static ReplaySource of(Path recording, RecordingReader reader) {
    var metadata = new TreeMap<>(reader.metadata());
    try {
      metadata.put(RecordingMetadata.RECORDED_FROM, Sha256.of(recording));
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected a file that can be read, actual %s".formatted(recording, e));
    }
    return new ReplaySource(reader, metadata, reader::losses);
  }

  /**
   * A range of a topic, as it is at this moment.
   *
   * @param connection to the topic of the range; must stay open as long as this is used
   * @throws UserErrorException if the topic lacks a part of the range, or Kafka does not answer
   */
  static ReplaySource of(TopicConnection connection, RangeOptions range) {
    TopicRange resolved = connection.resolve(range);
    MessageFilter filter = range.filter();
    TopicReader messages = connection.read(resolved, Map.of());
    var metadata = new TreeMap<String, String>();
    metadata.put(RecordingMetadata.TOPIC, range.topic);
    metadata.put(RecordingMetadata.CLUSTER, connection.clusterId());
    metadata.put(RecordingMetadata.RANGE, resolved.toJson());
    filter.text().ifPresent(text -> metadata.put(RecordingMetadata.FILTER, text));
    return new ReplaySource(wanted(messages, filter), metadata, messages::deleted);
  }

  private static Iterator<RecordedMessage> wanted(TopicReader messages, MessageFilter filter) {
    Iterable<RecordedMessage> all = () -> messages;
    Stream<RecordedMessage> fitting =
        StreamSupport.stream(all.spliterator(), false).filter(filter::matches);
    return fitting.iterator();
  }
}
