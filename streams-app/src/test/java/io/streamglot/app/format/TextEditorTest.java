package io.streamglot.app.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.schemas.Alternative;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.SourceText;
import io.streamglot.schemas.Translation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEditorTest {

  @Test
  void ofJsonOnlyTheTextsChange() {
    String before =
        "{\"id\":7.10,\"text\":\"hi\",\"attributes\":{\"a\":\"b\"},\"doNotTranslate\":[\"x\"],"
            + "\"alternatives\":[{\"text\":\"hey\",\"score\":-1.50}]}";

    assertThat(edited(ValueFormat.JSON, before.getBytes(StandardCharsets.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"id\":7.10,\"text\":\"HI\",\"attributes\":{\"a\":\"b\"},\"doNotTranslate\":[\"X\"],"
                + "\"alternatives\":[{\"text\":\"HEY\",\"score\":-1.50}]}");
  }

  @Test
  void ofJsonStringsOfFieldsThatAreNotOursChangeAtAnyDepth() {
    String before =
        "{\"text\":\"hi\",\"note\":\"call\",\"n\":5,\"deep\":{\"list\":[\"a\",null,{\"b\":\"c\"}]},"
            + "\"messageId\":\"m1\",\"targetLanguages\":[\"fr\"],\"sourceLanguage\":\"en\","
            + "\"targetLanguage\":\"fr\",\"modelName\":\"en-fr\",\"modelVersion\":\"v1\",\"score\":-1}";

    assertThat(edited(ValueFormat.JSON, before.getBytes(StandardCharsets.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            before
                .replace("hi", "HI")
                .replace("call", "CALL")
                .replace("[\"a\",null,{\"b\":\"c\"}]", "[\"A\",null,{\"b\":\"C\"}]"));
  }

  @Test
  void aFieldOfATranslationIsTheSendersOwnInAText() {
    assertThat(
            edited(
                ValueFormat.JSON,
                "{\"text\":\"hi\",\"score\":{\"by\":\"anna\"}}".getBytes(StandardCharsets.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"text\":\"HI\",\"score\":{\"by\":\"ANNA\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\":\"secret@x.org\"}",
        "{\"text\":5,\"email\":\"secret@x.org\"}",
        "{\"text\":\"hi\",\"messageId\":{\"email\":\"secret@x.org\"}}"
      })
  void ofJsonAnObjectThatIsNoTextIsRefused(String value) {
    assertThatThrownBy(() -> edited(ValueFormat.JSON, value.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void aTextIsChangedWhole() {
    assertThat(edited(ValueFormat.TEXT, "hé".getBytes(StandardCharsets.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("HÉ");
  }

  @Test
  void ofAvroTextsAndTranslationsAreChanged() {
    assertThat(
            AvroSerdes.sourceText()
                .deserialize(
                    null,
                    edited(
                        ValueFormat.AVRO,
                        AvroSerdes.sourceText().serialize(null, text("hi", "x")))))
        .isEqualTo(text("HI", "X"));
    assertThat(
            AvroSerdes.translation()
                .deserialize(
                    null,
                    edited(
                        ValueFormat.AVRO,
                        AvroSerdes.translation().serialize(null, translation("hi", "hey")))))
        .isEqualTo(translation("HI", "HEY"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ValueFormat.class,
      names = {"AVRO", "JSON", "TEXT"})
  void whatIsNotOfTheFormatIsRefused(ValueFormat format) {
    assertThatThrownBy(() -> edited(format, new byte[] {(byte) 0xFF, 1}))
        .isInstanceOf(SerializationException.class);
  }

  private static byte[] edited(ValueFormat format, byte[] value) {
    ByteBuffer edited =
        new TextEditor(format, text -> text.toUpperCase(Locale.ROOT)).edit(ByteBuffer.wrap(value));
    byte[] bytes = new byte[edited.remaining()];
    edited.get(bytes);
    return bytes;
  }

  private static SourceText text(String text, String term) {
    return new SourceText(
        "m1", text, "en", List.of("fr"), Instant.ofEpochMilli(5), Map.of("a", "b"), List.of(term));
  }

  private static Translation translation(String text, String alternative) {
    return new Translation(
        "m1",
        "en",
        "fr",
        text,
        -0.5f,
        List.of(new Alternative(alternative, -1f)),
        false,
        "en-fr",
        "1.0.0",
        Instant.ofEpochMilli(5),
        Map.of("a", "b"));
  }
}
