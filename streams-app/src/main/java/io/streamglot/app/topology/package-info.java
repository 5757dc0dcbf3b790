/**
 * The stream: source texts in, translations and failures out, exactly once, or at least once if
 * asked, and in order by key.
 *
 * <p>A record is bytes until {@link io.streamglot.app.topology.TranslationTopology}'s processor has
 * gathered a batch; then it is decoded, translated with the others of its language pair, and its
 * outcomes are forwarded in the order of arrival. A decoder wants batches, while a stream hands
 * over single records and may commit between any two: the records of an unfinished batch therefore
 * live in a state store. Under exactly-once its changelog is part of the same transaction as the
 * offsets and the outcomes; under at-least-once a record leaves it after a commit that followed its
 * outcomes.
 *
 * <p>Bad records become data on the topic of failures. Faults of the application stay exceptions.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A timer has no current record: topic, partition and offset must be kept with what waits.
 *   <li>Kafka Streams calls {@code init} again on a processor that has been used, after it lost a
 *       transaction: all fields must be set anew there.
 *   <li>Whatever throws in the processor is met again after the restart. Only faults that a restart
 *       can mend may throw.
 * </ul>
 */
package io.streamglot.app.topology;
