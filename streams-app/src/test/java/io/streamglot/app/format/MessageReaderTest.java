package io.streamglot.app.format;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

  private static final Instant SENT_AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final SourceText FULL =
      new SourceText(
          "m1",
          "Hello",
          "en",
          List.of("fr", "de"),
          SENT_AT,
          Map.of("room", "lobby"),
          List.of("Star Wars"));

  private final MessageReader avro = reader(ValueFormat.AVRO);
  private final MessageReader json = reader(ValueFormat.JSON);
  private final MessageReader text = reader(ValueFormat.TEXT);

  @Test
  void avroIsReadAsItWasWritten() {
    var record = TextRecords.record(AvroSerdes.sourceText().serialize("source-text", FULL));

    assertThat(avro.read(record)).isEqualTo(new Message(FULL, Map.of()));
  }

  @Test
  void jsonHasTheFieldsOfTheAvroSchema() {
    var record =
        TextRecords.record(
            """
            {"messageId": "m1", "text": "Hello", "sourceLanguage": "en",
             "targetLanguages": ["fr", "de"], "sentAt": %d, "attributes": {"room": "lobby"}, "doNotTranslate": ["Star Wars"]}"""
                .formatted(SENT_AT.toEpochMilli()));

    assertThat(json.read(record)).isEqualTo(new Message(FULL, Map.of()));
  }

  @Test
  void jsonNeedsNothingButTheText() {
    var expected =
        new SourceText(
            "source-text-2-7",
            "Hello",
            null,
            List.of(),
            Instant.ofEpochMilli(TextRecords.TIMESTAMP),
            Map.of(),
            List.of());

    assertThat(json.read(TextRecords.record("{\"text\": \"Hello\"}")).text()).isEqualTo(expected);
    assertThat(
            json.read(
                    TextRecords.record(
                        """
                        {"text": "Hello", "messageId": null, "sourceLanguage": null,
                         "targetLanguages": null, "sentAt": null, "attributes": null, "doNotTranslate": null}"""))
                .text())
        .isEqualTo(expected);
  }

  @Test
  void otherFieldsOfJsonAreKeptToTheLastDigit() {
    var others =
        json.read(
                TextRecords.record(
                    """
                    {"text": "Hello", "price": 1.10, "big": 12345678901234567890123,
                     "deep": {"list": [1, null, true]}}"""))
            .others();

    assertThat(others.toString())
        .isEqualTo("{price=1.10, big=12345678901234567890123, deep={\"list\":[1,null,true]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]                                 | value: expected a JSON object, actual an array
          ''                                  | value: expected a JSON object, actual nothing
          {"text": "a"} {}                    | value: expected a JSON object, actual
          {"text": "a", "text": "b"}          | value: expected a JSON object, actual Duplicate field 'text'
          {"text": "a                         | value: expected a JSON object, actual
          {"messageId": "m"}                  | field text: expected a string, actual nothing
          {"text": 5}                         | field text: expected a string, actual a number
          {"text": "a", "targetLanguages": "fr"}   | field targetLanguages: expected an array of strings, actual a string
          {"text": "a", "targetLanguages": ["fr", 5]} | field targetLanguages[1]: expected a string, actual a number
          {"text": "a", "sentAt": 1.5}        | field sentAt: expected milliseconds since 1970-01-01T00:00Z, actual 1.5
          {"text": "a", "sentAt": "today"}    | field sentAt: expected milliseconds since 1970-01-01T00:00Z, actual a string
          {"text": "a", "attributes": {"a": {}}} | field attributes.a: expected a string, actual an object
          {"text": "a", "attributes": []}     | field attributes: expected an object of strings, actual an array
          """)
  void jsonThatIsNoSourceTextIsRefusedWithWhatAndWhere(String value, String message) {
    assertThatThrownBy(() -> json.read(TextRecords.record(value)))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void jsonInAnotherEncodingIsRefused() {
    var utf16 = "{\"text\": \"é\"}".getBytes(UTF_16);

    assertThatThrownBy(() -> json.read(TextRecords.record(utf16)))
        .isInstanceOf(SerializationException.class)
        .hasMessage("value: expected UTF-8, actual 28 bytes that are not");
  }

  @Test
  void aTextIsTheValueItselfWithItsWhiteSpace() {
    var message = text.read(TextRecords.record(" Hello\n😀 "));

    assertThat(message.text().getText()).isEqualTo(" Hello\n😀 ");
    assertThat(message.text().getMessageId()).isEqualTo("source-text-2-7");
    assertThat(message.text().getTargetLanguages()).isEmpty();
  }

  @Test
  void aTextThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> text.read(TextRecords.record(new byte[] {'a', (byte) 0xE9})))
        .isInstanceOf(SerializationException.class)
        .hasMessage("value: expected UTF-8, actual 2 bytes that are not");
  }

  @Test
  void headersCountMoreThanTheValue() {
    var record =
        TextRecords.record(
            AvroSerdes.sourceText().serialize("source-text", FULL),
            "streamglot-message-id",
            "m2",
            "streamglot-source-language",
            "fr",
            "streamglot-target-languages",
            "es",
            "streamglot-target-languages",
            " de , it,",
            "streamglot-do-not-translate",
            "Big Ben");

    assertThat(avro.read(record).text())
        .isEqualTo(
            new SourceText(
                "m2",
                "Hello",
                "fr",
                List.of("de", "it"),
                SENT_AT,
                Map.of("room", "lobby"),
                List.of("Big Ben")));
  }

  @Test
  void aTranslationIsReadAsATextInTheLanguageThatItWasTranslatedInto() {
    var translation =
        new Translation(
            "m1", "en", "fr", "Bonjour", -0.5f, List.of(), false, "en-fr", "1.0.0", SENT_AT,
            Map.of());
    for (var format : List.of(ValueFormat.TEXT, ValueFormat.JSON)) {
      var writer =
          TranslationWriter.of(new Formats(format, format, List.of(), Optional.empty()), List.of());
      var value = writer.value("translations", translation, Map.of());
      var headers =
          writer.headers(translation).stream()
              .flatMap(
                  header ->
                      Stream.of(
                          header.getKey(), UTF_8.decode(header.getValue().duplicate()).toString()))
              .toArray(String[]::new);

      assertThat(reader(format).read(TextRecords.record(value, headers)).text())
          .extracting(SourceText::getText, SourceText::getSourceLanguage)
          .containsExactly("Bonjour", "fr");
    }
  }

  @Test
  void aTextThatHasATargetLanguageOnlyIsNoTranslation() {
    assertThat(
            json.read(
                    TextRecords.record(
                        "{\"text\": \"Hello\", \"sourceLanguage\": \"en\", \"targetLanguage\": \"fr\"}"))
                .text()
                .getSourceLanguage())
        .isEqualTo("en");
    assertThat(
            text.read(
                    TextRecords.record(
                        "Hello",
                        "streamglot-source-language",
                        "en",
                        "streamglot-target-language",
                        "fr"))
                .text()
                .getSourceLanguage())
        .isEqualTo("en");
  }

  @Test
  void aBlankHeaderSaysNothing() {
    var record =
        TextRecords.record(
            "{\"text\": \"Hello\", \"targetLanguages\": [\"fr\"]}",
            "streamglot-target-languages",
            "  ");

    assertThat(json.read(record).text().getTargetLanguages()).containsExactly("fr");
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() {
    var record = TextRecords.record("Hello", "streamglot-source-language", "en");
    record.getHeaders().get(0).getValue().put(0, (byte) 0xFF);

    assertThatThrownBy(() -> text.read(record))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("header streamglot-source-language: expected UTF-8");
  }

  @Test
  void targetsThatNobodyNamesAreThoseOfTheConfiguration() {
    var reader =
        MessageReader.of(
            new Formats(ValueFormat.JSON, ValueFormat.JSON, List.of("fr", "de"), Optional.empty()));

    assertThat(targets(reader, "{\"text\": \"a\"}")).containsExactly("fr", "de");
    assertThat(targets(reader, "{\"text\": \"a\", \"targetLanguages\": []}"))
        .containsExactly("fr", "de");
    assertThat(targets(reader, "{\"text\": \"a\", \"targetLanguages\": [\"es\"]}"))
        .containsExactly("es");
  }

  @Test
  void aBlankLanguageNamesNone() {
    var reader =
        MessageReader.of(
            new Formats(ValueFormat.JSON, ValueFormat.JSON, List.of("de"), Optional.empty()));

    assertThat(targets(reader, "{\"text\": \"a\", \"targetLanguages\": [\"fr\", \"\", \" \"]}"))
        .containsExactly("fr");
    assertThat(targets(reader, "{\"text\": \"a\", \"targetLanguages\": [\"\"]}"))
        .containsExactly("de");
    assertThat(
            reader
                .read(
                    TextRecords.record(
                        "{\"text\": \"a\", \"targetLanguages\": [\"fr\"]}",
                        "streamglot-target-languages",
                        " , "))
                .text()
                .getTargetLanguages())
        .containsExactly("fr");
    assertThat(
            json.read(TextRecords.record("{\"text\": \"a\", \"sourceLanguage\": \" \"}"))
                .text()
                .getSourceLanguage())
        .isNull();
  }

  private static List<String> targets(MessageReader reader, String json) {
    return reader.read(TextRecords.record(json.getBytes(UTF_8))).text().getTargetLanguages();
  }

  private static MessageReader reader(ValueFormat format) {
    return MessageReader.of(new Formats(format, ValueFormat.AVRO, List.of(), Optional.empty()));
  }
}
