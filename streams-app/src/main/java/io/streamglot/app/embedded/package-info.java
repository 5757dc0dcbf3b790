/**
 * A real Kafka broker inside the JVM, for the demo and for tests.
 *
 * <p>It is built from the parts that {@code kafka.server.KafkaRaftServer} is built from, with two
 * exchanged: sockets are bound before the configuration is written, since the controller's address
 * must be in it, and a fatal fault is logged, where Kafka's own handler would end the JVM.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>Kafka's defaults ask for three replicas of the offsets and transaction topics: with one
 *       broker nothing would ever commit.
 *   <li>Kafka registers metrics for the whole JVM: the figures of two brokers in one JVM mix.
 *   <li>These Kafka classes are not public API; they change with minor versions.
 * </ul>
 */
package io.streamglot.app.embedded;
