package io.streamglot.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Drops the warning that each broker gives when it is closed in good order, and nothing else of its
 * logger, which warns of brokers out of reach. Named in {@code logback.xml}.
 */
public final class CloseNoiseFilter extends Filter<ILoggingEvent> {

  private static final String NOISE =
      "Attempting to close NetworkClient that has already been closed.";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getFormattedMessage().endsWith(NOISE) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
