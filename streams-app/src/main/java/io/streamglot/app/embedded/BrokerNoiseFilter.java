package io.streamglot.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;

/**
 * Drops two things that a broker logs though all is well, and nothing else of their loggers. Named
 * in {@code logback.xml}.
 *
 * <ul>
 *   <li>The warning that each broker gives when it is closed in good order.
 *   <li>The error that it refused records which overtook the first ones of a transaction. Their
 *       producer sends them again; what it cannot mend it reports itself.
 * </ul>
 */
public final class BrokerNoiseFilter extends Filter<ILoggingEvent> {

  private static final String CLOSED =
      "Attempting to close NetworkClient that has already been closed.";

  private static final String BROKER = "kafka.server.ReplicaManager";

  private static final String OVERTAKEN = OutOfOrderSequenceException.class.getName();

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return isRefusalOfOvertaken(event) || event.getFormattedMessage().endsWith(CLOSED)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  /** Of the broker alone: a client that logs the same has lost its transaction. */
  private static boolean isRefusalOfOvertaken(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getLoggerName().equals(BROKER)
        && thrown != null
        && thrown.getClassName().equals(OVERTAKEN);
  }
}
