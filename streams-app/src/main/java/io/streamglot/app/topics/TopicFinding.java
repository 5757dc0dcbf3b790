package io.streamglot.app.topics;

/**
 * Something that a topic should not be.
 *
 * @param topic its name
 * @param setting what is wrong, as Kafka names it
 * @param expected what it has to be
 * @param actual what it is
 * @param consequence what happens if it stays so
 * @param severity whether the application can work with it
 */
public record TopicFinding(
    String topic,
    String setting,
    String expected,
    String actual,
    String consequence,
    Severity severity) {

  /** Whether the application can work with it. */
  public enum Severity {
    /** Records would be lost, or none taken. */
    PROBLEM,
    /** It works, but hardly as anybody wants it. */
    WARNING
  }

  /** All of it in one line. */
  public String line() {
    return "%s: %s: expected %s, actual %s; %s"
        .formatted(topic, setting, expected, actual, consequence);
  }
}
