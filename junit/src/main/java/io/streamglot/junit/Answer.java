package io.streamglot.junit;

import io.streamglot.app.format.Message;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A recorded message and what became of it.
 *
 * @param recorded the record as it was recorded
 * @param message the record, decoded; empty if it cannot be
 * @param translations in the order of the target languages
 * @param failures likewise
 */
public record Answer(
    RecordedMessage recorded,
    Optional<Message> message,
    List<Translation> translations,
    List<TranslationFailure> failures) {

  /** Begins what is below the first line of a text. */
  private static final String CONTINUED = "\n      | ";

  /** Copies the lists. */
  public Answer {
    translations = List.copyOf(translations);
    failures = List.copyOf(failures);
  }

  /**
   * A paragraph:
   *
   * <pre>{@code
   * conversation-7 / message-1
   *   en  Where is the station?
   *   fr  Où est la gare ?
   *   de  ! UNSUPPORTED_LANGUAGE_PAIR: languages: expected one of [en to fr], actual 'en' to 'de'
   * }</pre>
   */
  String text() {
    var text = new StringBuilder();
    text.append(key()).append(" / ");
    text.append(message.map(known -> known.text().getMessageId()).orElse(place())).append('\n');
    message.ifPresent(known -> line(text, sourceLanguage(known), shown(known.text().getText())));
    translations.forEach(
        translation ->
            line(
                text,
                translation.getTargetLanguage(),
                shown(translation.getText()) + (translation.getTruncated() ? " (truncated)" : "")));
    failures.forEach(
        failure ->
            line(
                text,
                failure.getTargetLanguage() == null ? "--" : failure.getTargetLanguage(),
                "! %s: %s".formatted(failure.getReason(), shown(failure.getMessage()))));
    return text.toString();
  }

  private static void line(StringBuilder text, String language, String content) {
    // Editors take spaces at the end of a line away.
    text.append("  %s  %s".formatted(language, content).stripTrailing()).append('\n');
  }

  /** What the sender named, else what was found, else {@code ??}. */
  private String sourceLanguage(Message known) {
    return Optional.ofNullable(known.text().getSourceLanguage())
        .or(() -> translations.stream().findFirst().map(Translation::getSourceLanguage))
        .orElse("??");
  }

  private String key() {
    ByteBuffer key = recorded.getKey();
    return key == null
        ? "(no key)"
        : shown(StandardCharsets.UTF_8.decode(key.duplicate()).toString());
  }

  private String place() {
    return "%s-%d offset %d"
        .formatted(recorded.getTopic(), recorded.getPartition(), recorded.getOffset());
  }

  /** Line by line; control characters but line feeds by their number. */
  private static String shown(String text) {
    var lines = Arrays.stream(text.split("\n", -1)).map(Answer::escaped).toList();
    return lines.get(0)
        + lines.stream()
            .skip(1)
            .map(line -> (CONTINUED + line).stripTrailing())
            .collect(Collectors.joining());
  }

  private static String escaped(String line) {
    return line.codePoints()
        .mapToObj(
            character ->
                Character.isISOControl(character)
                    ? "\\u%04x".formatted(character)
                    : Character.toString(character))
        .collect(Collectors.joining());
  }
}
