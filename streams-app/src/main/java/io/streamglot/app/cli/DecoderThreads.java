package io.streamglot.app.cli;

import io.streamglot.translator.decode.DecoderSettings;
import java.util.Optional;

/** How many threads translate, as a setting or an option says it. */
final class DecoderThreads {

  /** A thread for each processor that the program may use. */
  static final String AUTO = "auto";

  static final int MOST = 256;

  /** What a value has to be, in words. */
  static final String EXPECTED = AUTO + " or a whole number from 1 to " + MOST;

  private DecoderThreads() {}

  /** The number of threads; empty if the text is neither {@value #AUTO} nor a number in range. */
  static Optional<Integer> parse(String text) {
    if (text.equals(AUTO)) {
      return Optional.of(Math.min(DecoderSettings.DEFAULT.threads(), MOST));
    }
    try {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= MOST ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
