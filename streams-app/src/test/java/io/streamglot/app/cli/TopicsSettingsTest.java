package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsSettingsTest {

  private static final Formats FORMATS =
      new Formats(ValueFormat.TEXT, ValueFormat.JSON, List.of(), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "chat, TEXT",
    "chat.fr, JSON",
    "chat.zh-hant, JSON",
    "chat-shadow, JSON",
    "chat-failures, AVRO",
    "chatXfr, TEXT",
    "chat., TEXT",
    "another, TEXT"
  })
  void theFormatOfATopicIsThatOfItsPlaceInTheApplication(String topic, ValueFormat format) {
    var settings =
        new TopicsSettings(
            "chat",
            new TopicPattern("chat.{language}"),
            "chat-failures",
            Optional.of(new RolloutTopics("chat-models", Optional.of("chat-shadow"))),
            List.of(),
            Map.of());

    assertThat(settings.format(topic, FORMATS)).isEqualTo(format);
  }
}
