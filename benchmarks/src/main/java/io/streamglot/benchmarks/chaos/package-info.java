/**
 * {@code ./streamglot chaos}: kills what runs and counts what came of it.
 *
 * <p>A run is a Kafka of several brokers and several instances of the real program, each a process
 * of its own; a generator that numbers records by key; and, at the end, a reader of committed
 * records that holds what came out to what went in. {@link io.streamglot.benchmarks.chaos.ChaosRun}
 * tells it on one screen.
 *
 * <p>Traps. A kill counts only if its transaction is seen open afterwards: between looking and
 * killing a commit may slip in. Under exactly-once an instance has a new transactional id at each
 * start, so that a transaction which was cut off is ended by the broker's timer alone. Offsets are
 * committed while records wait in the store, so no lag does not mean that all is translated.
 */
package io.streamglot.benchmarks.chaos;
