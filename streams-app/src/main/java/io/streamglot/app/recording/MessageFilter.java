package io.streamglot.app.recording;

import io.streamglot.schemas.RecordedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which messages are wanted; all parts must fit.
 *
 * @param key the key in UTF-8, in which {@code *} stands for any characters and {@code ?} for one;
 *     empty for any key or none
 * @param headers values in UTF-8 that headers of these names must have; of several headers with one
 *     name, any may
 */
public record MessageFilter(Optional<String> key, Map<String, String> headers) {

  /** Copies the headers. */
  public MessageFilter {
    headers = Map.copyOf(headers);
  }

  /** Whether the message is wanted. */
  public boolean matches(RecordedMessage message) {
    return key.map(glob -> hasKey(message, glob)).orElse(true)
        && headers.entrySet().stream().allMatch(wanted -> hasHeader(message, wanted));
  }

  /** In words, as {@link RecordingMetadata#FILTER} says it; empty where every message fits. */
  public Optional<String> text() {
    var parts = new TreeMap<>(headers);
    String text =
        List.of(
                key.map(glob -> "key " + glob).stream().toList(),
                parts.entrySet().stream().map(part -> "header " + part).toList())
            .stream()
            .flatMap(List::stream)
            .collect(Collectors.joining(", "));
    return Optional.of(text).filter(words -> !words.isEmpty());
  }

  private static boolean hasKey(RecordedMessage message, String glob) {
    return message.getKey() != null && regex(glob).matcher(utf8(message.getKey())).matches();
  }

  private static boolean hasHeader(RecordedMessage message, Map.Entry<String, String> wanted) {
    return message.getHeaders().stream()
        .filter(header -> header.getKey().equals(wanted.getKey()) && header.getValue() != null)
        .anyMatch(header -> utf8(header.getValue()).equals(wanted.getValue()));
  }

  private static Pattern regex(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("(?<=[*?])|(?=[*?])"))
            .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
            .collect(Collectors.joining()),
        Pattern.DOTALL);
  }

  private static String utf8(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
