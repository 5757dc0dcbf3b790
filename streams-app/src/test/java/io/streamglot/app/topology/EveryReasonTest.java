package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Every reason that the schema knows is one that the topology gives. A new one does not compile
 * here without a record that fails for it. {@code UNKNOWN} is not given: it is what an older reader
 * takes a newer reason for.
 */
class EveryReasonTest {

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
  void aReasonIsGivenToARecordThatFailsForIt(FailureReason reason) {
    var topology = TopologySettings.defaults();
    var translators =
        new Translators(List.of(new TestTranslator("en", "fr"), new TestTranslator("de", "fr")));
    try (var driver =
        new TopologyTestDriver(
            TranslationTopology.build(topology, translators),
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")))) {
      driver
          .createInputTopic(
              topology.sourceTopic(), new StringSerializer(), new ByteArraySerializer())
          .pipeInput("room", recordThatFailsFor(reason));
      driver.advanceWallClockTime(Duration.ofSeconds(1));

      var failures =
          driver.createOutputTopic(
              topology.failuresTopic(),
              new StringDeserializer(),
              AvroSerdes.translationFailure().deserializer());
      assertThat(failures.readValuesToList())
          .extracting(failure -> failure.getReason())
          .containsExactly(reason);
    }
  }

  private static byte[] recordThatFailsFor(FailureReason reason) {
    return switch (reason) {
      case UNDECODABLE -> "Hello".getBytes(StandardCharsets.UTF_8);
      case NULL_VALUE -> null;
      case NO_TARGET_LANGUAGE -> text("Hello", "en");
      case SOURCE_LANGUAGE_NOT_DETERMINED -> text("12345", null, "fr");
      case UNSUPPORTED_LANGUAGE_PAIR -> text("Hello", "en", "zh");
      case TRANSLATION_FAILED -> text(TestTranslator.POISON, "en", "fr");
      case TOO_LARGE -> text(" ".repeat(1_000_000), "en", "fr");
      case TOO_MANY_TARGET_LANGUAGES ->
          text(
              "Hello",
              "en",
              IntStream.range(0, 101).mapToObj(i -> "x-" + i).toArray(String[]::new));
      case UNKNOWN -> throw new IllegalArgumentException("no record fails for it");
    };
  }

  private static byte[] text(String text, String source, String... targets) {
    return Records.bytes(Records.text("m1", text, source, targets));
  }
}
