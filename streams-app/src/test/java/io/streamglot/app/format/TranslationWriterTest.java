package io.streamglot.app.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TranslationWriterTest {

  static final Translation TRANSLATION =
      new Translation(
          "m1",
          "en",
          "fr",
          "Ça va ?",
          -0.25f,
          List.of(new Alternative("Salut", -0.5f)),
          true,
          "en-fr",
          "1.3.0",
          Instant.ofEpochMilli(1_790_000_000_123L),
          Map.of("room", "lobby"));

  @Test
  void avroIsWhatOurSerdeReads() {
    var value = writer(ValueFormat.AVRO).value("translations", TRANSLATION, Map.of());

    assertThat(AvroSerdes.translation().deserialize("translations", value)).isEqualTo(TRANSLATION);
    assertThat(writer(ValueFormat.AVRO).headers(TRANSLATION)).isEmpty();
  }

  @Test
  void jsonHasTheFieldsOfTheAvroSchemaAndThoseOfTheSource() throws Exception {
    var json = new JsonMapper();
    var others =
        MessageReader.of(formats(ValueFormat.JSON))
            .read(TextRecords.record("{\"text\": \"a\", \"price\": 1.10, \"score\": 7}"))
            .others();

    var value = writer(ValueFormat.JSON).value("translations", TRANSLATION, others);

    assertThat(json.readTree(value))
        .isEqualTo(
            json.readTree(
                """
                {"price": 1.10, "messageId": "m1", "sourceLanguage": "en", "targetLanguage": "fr",
                 "text": "Ça va ?", "score": -0.25,
                 "alternatives": [{"text": "Salut", "score": -0.5}],
                 "truncated": true, "modelName": "en-fr", "modelVersion": "1.3.0",
                 "translatedAt": 1790000000123, "attributes": {"room": "lobby"}}"""));
    assertThat(new String(value, UTF_8)).contains("\"price\":1.10");
  }

  @Test
  void aTextIsTheTranslationAndHeadersSayTheRest() {
    var writer = writer(ValueFormat.TEXT);

    assertThat(writer.value("translations", TRANSLATION, Map.of()))
        .asString(UTF_8)
        .isEqualTo("Ça va ?");
    assertThat(
            writer.headers(TRANSLATION).stream()
                .collect(
                    Collectors.toMap(
                        header -> header.getKey(),
                        header -> UTF_8.decode(header.getValue().duplicate()).toString())))
        .isEqualTo(
            Map.of(
                "streamglot-message-id", "m1",
                "streamglot-source-language", "en",
                "streamglot-target-language", "fr",
                "streamglot-model", "en-fr 1.3.0",
                "streamglot-score", "-0.25",
                "streamglot-truncated", "true"));
  }

  private static TranslationWriter writer(ValueFormat format) {
    return TranslationWriter.of(formats(format), List.of("translations"));
  }

  private static Formats formats(ValueFormat format) {
    return new Formats(format, format, List.of(), Optional.empty());
  }
}
