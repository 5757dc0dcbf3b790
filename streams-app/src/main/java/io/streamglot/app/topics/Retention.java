package io.streamglot.app.topics;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a topic keeps a record at least.
 *
 * @param milliseconds as Kafka's {@code retention.ms}; -1 is forever
 */
public record Retention(long milliseconds) {
  /** What {@link #parse} reads, in words. */
  public static final String EXPECTED = "a whole number from 1 with s, m, h or d, or forever";

  private static final long FOREVER = -1;
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

  /** So many days. */
  public static Retention days(int days) {
    return new Retention(Duration.ofDays(days).toMillis());
  }

  /**
   * Reads {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d} or {@code forever}.
   *
   * @return empty for anything else, such as none at all
   */
  public static Optional<Retention> parse(String text) {
    if (text.equals("forever")) {
      return Optional.of(new Retention(FOREVER));
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(form.group(1));
    Duration duration =
        switch (form.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return count == 0 ? Optional.empty() : Optional.of(new Retention(duration.toMillis()));
  }

  boolean isShorterThan(Retention other) {
    return milliseconds != FOREVER
        && (other.milliseconds == FOREVER || milliseconds < other.milliseconds);
  }

  /** The milliseconds, and what they mean where they are none. */
  @Override
  public String toString() {
    return milliseconds == FOREVER ? "forever (-1)" : Long.toString(milliseconds);
  }
}
