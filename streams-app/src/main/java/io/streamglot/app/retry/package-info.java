/**
 * Moves dead letters back to the source topic, each at most once.
 *
 * <p>{@link io.streamglot.app.retry.FailureRetry} is the story; {@link
 * io.streamglot.app.retry.RetryLedger} remembers what was retried, and {@link
 * io.streamglot.app.retry.RetriedText} makes the record that is sent again. Why there is no
 * consumer group: docs/decisions/0014.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>The ledger may be read only after {@code initTransactions}: until then a run that was
 *       killed may still be committing, and another one may still be at work.
 *   <li>A failure of a retried text is a new dead letter, beyond the end that this run reads to.
 * </ul>
 */
package io.streamglot.app.retry;
