package io.streamglot.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;

/**
 * Drops three things that a broker logs though all is well, and nothing else of their loggers.
 * Named in {@code logback.xml}.
 *
 * <ul>
 *   <li>The warning that each broker gives when it is closed in good order.
 *   <li>The error that it refused records which overtook the first ones of a transaction. Their
 *       producer sends them again; what it cannot mend it reports itself.
 *   <li>The error that it did not load a group to the end, where it was closed meanwhile: the
 *       partition is no longer its own.
 * </ul>
 */
public final class BrokerNoiseFilter extends Filter<ILoggingEvent> {

  private static final String CLOSED =
      "Attempting to close NetworkClient that has already been closed.";

  private static final String BROKER = "kafka.server.ReplicaManager";

  private static final String OVERTAKEN = OutOfOrderSequenceException.class.getName();

  private static final String GROUPS =
      "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime";

  private static final String NO_LONGER_LEADER = NotLeaderOrFollowerException.class.getName();

  @Override
  public FilterReply decide(ILoggingEvent event) {
    // Of the broker alone: a client that logs the same has lost its transaction.
    return isOf(event, BROKER, OVERTAKEN)
            || isOf(event, GROUPS, NO_LONGER_LEADER)
            || event.getFormattedMessage().endsWith(CLOSED)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isOf(ILoggingEvent event, String logger, String exception) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getLoggerName().equals(logger)
        && thrown != null
        && thrown.getClassName().equals(exception);
  }
}
