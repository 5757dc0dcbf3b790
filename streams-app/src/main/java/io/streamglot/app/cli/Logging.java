package io.streamglot.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How much goes to the log, which is standard error (see {@code logback.xml}). */
final class Logging {
  private Logging() {}

  private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg%n";

  /** What was thrown and its causes, without where. */
  private static final String WITHOUT_FRAMES = "%ex{0}";

  /** Log what a command that ends for it has a line of its own for. */
  private static final List<String> REPORTED_ANYWAY =
      List.of("org.apache.kafka.clients.NetworkClient", "org.apache.kafka.common.config.provider");

  /**
   * Lets libraries log errors only, without their stack traces; or in debugging everything of
   * interest.
   */
  static void configure(boolean debug) {
    root().setLevel(debug ? Level.INFO : Level.ERROR);
    REPORTED_ANYWAY.forEach(name -> logger(name).setLevel(debug ? null : Level.OFF));
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(debug ? LINE : LINE + WITHOUT_FRAMES);
    use(encoder);
  }

  /** Makes each event an object of JSON on a line of its own, for programs that gather logs. */
  static void asJson() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithSequenceNumber(false); // always 0
    encoder.setWithContext(false); // the same in each
    use(encoder);
  }

  private static void use(Encoder<ILoggingEvent> encoder) {
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>) root().getAppender("STDERR");
    encoder.setContext(appender.getContext());
    encoder.start();
    appender.setEncoder(encoder);
  }

  /** Lets libraries log warnings, for a service, whose operator wants to know. */
  static void includeWarnings() {
    if (root().getLevel() == Level.ERROR) {
      root().setLevel(Level.WARN);
      REPORTED_ANYWAY.forEach(name -> logger(name).setLevel(null));
    }
  }

  private static Logger root() {
    return logger(Logger.ROOT_LOGGER_NAME);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
