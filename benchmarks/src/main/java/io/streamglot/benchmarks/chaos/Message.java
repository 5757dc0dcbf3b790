package io.streamglot.benchmarks.chaos;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a record.
 *
 * @param key number of the conversation, from 0
 * @param sequence number within the conversation, from 0
 */
record Message(int key, int sequence) {

  private static final Pattern ID = Pattern.compile("k(\\d{1,9})-(\\d{1,9})");

  /** Reads what {@link #id} wrote; empty for anything else. */
  static Optional<Message> parse(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? Optional.of(
            new Message(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Its message id, and the header by which a record is known that nobody can read. */
  String id() {
    return "k%d-%d".formatted(key, sequence);
  }

  /** The key of its record. */
  String recordKey() {
    return "conversation-" + key;
  }
}
