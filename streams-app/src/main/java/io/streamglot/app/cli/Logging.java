package io.streamglot.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much goes to the log, which is standard error (see {@code logback.xml}). */
final class Logging {
  private Logging() {}

  /** Lets libraries log errors only, or in debugging everything of interest. */
  static void configure(boolean debug) {
    root().setLevel(debug ? Level.INFO : Level.ERROR);
  }

  /** Lets libraries log warnings, for a service, whose operator wants to know. */
  static void includeWarnings() {
    if (root().getLevel() == Level.ERROR) {
      root().setLevel(Level.WARN);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
