package io.streamglot.junit;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.Message;
import io.streamglot.app.format.MessageReader;
import io.streamglot.app.language.LanguageSettings;
import io.streamglot.app.recording.SourceRecords;
import io.streamglot.app.topology.Router;
import io.streamglot.app.topology.TopologyListener;
import io.streamglot.app.topology.TopologySettings;
import io.streamglot.app.topology.TranslationTopology;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;

/**
 * The application with its topics, through which messages are sent.
 *
 * <p>Each message gets a header with its number, which the application passes on, so that outcomes
 * find their message.
 */
final class ReplayedApplication {

  private static final String NUMBER = "streamglot-replay-number";

  private final Translators translators;
  private final Formats formats;
  private final TopologySettings settings;

  ReplayedApplication(Translators translators, Formats formats) {
    this.translators = translators;
    this.formats = formats;
    this.settings = TopologySettings.defaults().withFormats(formats).withCacheMaxBytes(0);
  }

  /** A record that came out. */
  record Outcome(String topic, Headers headers, ByteBuffer value) {

    /** Of its message, in the order of the recording. */
    int number() {
      var number = headers.lastHeader(NUMBER);
      if (number == null) {
        // A failure leaves out headers that are too large. The topic has one partition.
        return Math.toIntExact(failure().getOffset());
      }
      return Integer.parseInt(new String(number.value(), StandardCharsets.UTF_8));
    }

    Translation translation() {
      return AvroSerdes.translation().deserialize(topic, headers, value.duplicate());
    }

    TranslationFailure failure() {
      return AvroSerdes.translationFailure().deserialize(topic, headers, value.duplicate());
    }
  }

  /** Sends the messages in their order, and waits for what becomes of them. */
  Replay replay(List<RecordedMessage> messages, ReplayOn on) {
    var router = new Router(translators.pairs(), LanguageSettings.defaults());
    Topology topology =
        TranslationTopology.build(settings, translators, router, TopologyListener.NONE);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (var message : messages) {
      records.add(record(message, records.size()));
    }
    var outcomes =
        switch (on) {
          case TOPOLOGY_TEST_DRIVER -> new DriverRun(topology, settings).run(records);
          case EMBEDDED_BROKER -> new BrokerRun(topology, settings).run(records);
        };
    return new Replay(models(), answers(messages, outcomes));
  }

  private List<String> models() {
    return translators.pairs().stream()
        .map(pair -> translators.models(pair).serving().manifest())
        .map(manifest -> manifest.name() + " " + manifest.version())
        .toList();
  }

  private ProducerRecord<byte[], byte[]> record(RecordedMessage message, int number) {
    var source = SourceRecords.of(message);
    var headers = new RecordHeaders();
    source
        .getHeaders()
        .forEach(header -> headers.add(header.getKey(), Utils.toNullableArray(header.getValue())));
    headers.add(NUMBER, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        settings.sourceTopic(),
        0,
        source.getTimestamp(),
        Utils.toNullableArray(source.getKey()),
        Utils.toNullableArray(source.getValue()),
        headers);
  }

  private List<Answer> answers(List<RecordedMessage> messages, List<Outcome> outcomes) {
    List<List<Translation>> translations = new ArrayList<>();
    List<List<TranslationFailure>> failures = new ArrayList<>();
    messages.forEach(
        message -> {
          translations.add(new ArrayList<>());
          failures.add(new ArrayList<>());
        });
    for (var outcome : outcomes) {
      int number = outcome.number();
      if (outcome.topic().equals(settings.failuresTopic())) {
        failures.get(number).add(outcome.failure());
      } else {
        translations.get(number).add(outcome.translation());
      }
    }
    var reader = MessageReader.of(formats);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      answers.add(
          new Answer(message, decoded(reader, message), translations.get(i), failures.get(i)));
    }
    return answers;
  }

  private static Optional<Message> decoded(MessageReader reader, RecordedMessage message) {
    if (message.getValue() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(SourceRecords.of(message)));
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }
}
