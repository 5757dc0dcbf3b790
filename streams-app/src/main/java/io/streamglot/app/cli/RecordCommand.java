package io.streamglot.app.cli;

import io.streamglot.app.format.TextEditor;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.MessageFilter;
import io.streamglot.app.recording.RecordingException;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.app.recording.Redaction;
import io.streamglot.app.recording.TopicRange;
import io.streamglot.app.recording.TopicReader;
import io.streamglot.schemas.RecordedMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a range of a topic into a file. */
@Command(
    name = "record",
    description = "Record a range of a topic as a file, to be replayed and compared.",
    sortOptions = false,
    footer = {
      "",
      "Reads how to reach Kafka from the file and the environment, as 'run' does; without --topic the",
      "topic is that of the source texts. What is committed when it starts is recorded: keys,",
      "values, headers, timestamps, partitions and offsets, each partition in its order, of several",
      "the older message first. The file is an Avro object container file.",
      "",
      "Until it is whole it is named FILE.part; the same command goes on with that after Ctrl-C.",
      "",
      "--redact puts stand-ins of the same shape for e-mail addresses, numbers and @mentions into",
      "texts and translations, and into the strings of a JSON object's other fields; equal ones stay",
      "equal within a recording. Names without @, keys, headers, message ids, languages, attributes,",
      "numbers in JSON and the names of fields stay as they are: look before you share.",
      "Values that are neither text nor translation are left out, for they might tell.",
      "",
      "Example:",
      "  ./streamglot record --config streams-app/config/streamglot.properties \\",
      "      --from PT24H --out chat.avro"
    })
final class RecordCommand implements Callable<Integer> {

  /** What was asked for, so that only the same command resumes a part. */
  private static final String REQUEST = "streamglot.request";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file, the one of 'run'.")
  private Path config;

  @Mixin private RangeOptions range;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the recording shall be.")
  private Path out;

  @Option(names = "--redact", description = "Put stand-ins for what tells who wrote.")
  private boolean redact;

  @Option(names = "--force", description = "Replace a file that is there, and begin anew.")
  private boolean force;

  private final Map<String, String> environment;

  /** Values left out, since they could not be redacted. */
  private long leftOut;

  RecordCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    SettingValues values = SettingValues.read(config, environment);
    TopicsSettings settings = TopicsSettingsReader.read(values);
    String topic = range.topic == null ? settings.source() : range.topic;
    ValueFormat format = settings.format(topic, FormatsReader.read(values));
    if (redact && format.needsRegistry()) {
      throw new UserErrorException(
          "--redact: expected values that need no registry, actual %s in %s"
              .formatted(format, topic));
    }
    new OutputFile(out, force).requireFree();
    requireFreeKey();
    StopSignal stop = StopSignal.install();
    try (TopicConnection kafka = TopicConnection.open(settings.kafka(), topic)) {
      return record(kafka, topic, format, stop);
    } catch (RecordingException e) {
      throw new UserErrorException(e.getMessage());
    }
  }

  /** A key without its part is of something else. */
  private void requireFreeKey() {
    if (redact && !force && Files.exists(keyFile()) && !Files.exists(RecordingWriter.partOf(out))) {
      throw new UserErrorException(
          "--redact: expected no file of this name (--force replaces it), actual " + keyFile());
    }
  }

  private int record(TopicConnection kafka, String topic, ValueFormat format, StopSignal stop) {
    MessageFilter filter = range.filter();
    Map<String, String> asked = asked(topic, format, kafka.clusterId(), filter);
    Map<Integer, Long> next = new HashMap<>();
    boolean begun = Files.exists(RecordingWriter.partOf(out));
    try (RecordingWriter writer = open(kafka, asked, next)) {
      UnaryOperator<RecordedMessage> change =
          redact ? redaction(format, key(begun, !next.isEmpty())) : UnaryOperator.identity();
      TopicRange resolved = TopicRange.ofJson(topic, partMetadata().get(RecordingMetadata.RANGE));
      TopicReader messages = kafka.read(resolved, next);
      try (ProgressMeter meter =
          new ProgressMeter(spec.commandLine().getErr(), "record", "offsets", resolved.size())) {
        while (!stop.isReceived() && messages.hasNext()) {
          RecordedMessage message = messages.next();
          if (filter.matches(message)) {
            writer.write(change.apply(message));
          }
          meter.stepTo(messages.passed());
        }
      }
      messages.deleted().forEach(line -> Notice.print(spec, line));
      if (stop.isReceived()) {
        Notice.print(spec, "stopped; the same command goes on with " + RecordingWriter.partOf(out));
        return stop.exitCode();
      }
      writer.publish();
      if (redact) {
        Files.deleteIfExists(keyFile());
      }
      report(writer.messages(), resolved, !next.isEmpty());
      return 0;
    } catch (KafkaException e) {
      throw kafka.refused(e);
    } catch (IOException e) {
      throw new UserErrorException(
          "%s: expected that it can be read and written, actual %s".formatted(keyFile(), e));
    }
  }

  private Map<String, String> asked(
      String topic, ValueFormat format, String cluster, MessageFilter filter) {
    var asked = new TreeMap<String, String>();
    asked.put(RecordingMetadata.TOPIC, topic);
    asked.put(RecordingMetadata.FORMAT, format.toString());
    asked.put(RecordingMetadata.CLUSTER, cluster);
    asked.put(REQUEST, range.request());
    filter.text().ifPresent(text -> asked.put(RecordingMetadata.FILTER, text));
    if (redact) {
      asked.put(RecordingMetadata.REDACTED, "true");
    }
    return asked;
  }

  /**
   * Goes on with a part of the same command, or begins.
   *
   * @param next takes where each partition goes on
   */
  private RecordingWriter open(
      TopicConnection kafka, Map<String, String> asked, Map<Integer, Long> next) {
    Path part = RecordingWriter.partOf(out);
    if (Files.exists(part) && !force) {
      var found = new TreeMap<>(partMetadata());
      found.keySet().removeAll(Set.of(RecordingMetadata.RANGE, RecordingMetadata.VERSION));
      if (!found.equals(asked)) {
        throw new UserErrorException(
            "%s: expected a part of the same command, actual one begun with %s; --force begins anew"
                .formatted(part, differences(found, asked)));
      }
      return RecordingWriter.resume(
          out, message -> next.put(message.getPartition(), message.getOffset() + 1));
    }
    var metadata = new TreeMap<>(asked);
    metadata.put(RecordingMetadata.RANGE, kafka.resolve(range).toJson());
    return RecordingWriter.create(out, metadata);
  }

  private static String differences(Map<String, String> found, Map<String, String> asked) {
    var names = new TreeSet<>(found.keySet());
    names.addAll(asked.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(found.get(name), asked.get(name)))
        .map(
            name ->
                "%s '%s' instead of '%s'"
                    .formatted(
                        name.substring(Setting.PREFIX.length()),
                        found.getOrDefault(name, "none"),
                        asked.getOrDefault(name, "none")))
        .collect(Collectors.joining(", "));
  }

  private Map<String, String> partMetadata() {
    return RecordingReader.metadata(RecordingWriter.partOf(out));
  }

  private UnaryOperator<RecordedMessage> redaction(ValueFormat format, byte[] key) {
    Redaction redaction = new Redaction(key);
    TextEditor editor = new TextEditor(format, redaction::redact);
    return message -> redacted(message, editor);
  }

  private RecordedMessage redacted(RecordedMessage message, TextEditor editor) {
    ByteBuffer value = null;
    if (message.getValue() != null) {
      try {
        value = editor.edit(message.getValue());
      } catch (SerializationException e) {
        leftOut++;
      }
    }
    return new RecordedMessage(
        message.getTopic(),
        message.getPartition(),
        message.getOffset(),
        message.getTimestamp(),
        message.getKey(),
        value,
        message.getHeaders());
  }

  /**
   * The key is kept beside the part, for its owner alone, and gone when the recording is whole.
   *
   * @param begun whether there was a part, whose key may be there
   * @param used whether that part has messages, so that no other key will do
   */
  private byte[] key(boolean begun, boolean used) throws IOException {
    Path file = keyFile();
    if (used) {
      return Files.readAllBytes(file);
    }
    byte[] key = new byte[Redaction.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    if (begun || force) {
      Files.deleteIfExists(file);
    }
    Files.createFile(file, forTheOwner(file));
    Files.write(file, key);
    return key;
  }

  private static FileAttribute<?>[] forTheOwner(Path file) throws IOException {
    FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
    return store.supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private Path keyFile() {
    Path part = RecordingWriter.partOf(out);
    return part.resolveSibling(part.getFileName() + ".key");
  }

  private void report(long written, TopicRange resolved, boolean resumed) {
    PrintWriter data = spec.commandLine().getOut();
    data.println("recorded: " + written);
    data.println("passed over: " + (resolved.size() - written) + " offsets");
    if (leftOut > 0) {
      Notice.print(
          spec,
          "values left out, neither text nor translation%s: %d"
              .formatted(resumed ? ", since it was resumed" : "", leftOut));
    }
    data.flush();
  }
}
