package io.streamglot.junit;

/** What the application runs on during a replay. */
public enum ReplayOn {
  /** Kafka's own driver: no broker, no threads, some milliseconds a message. */
  TOPOLOGY_TEST_DRIVER,
  /** A real broker in this JVM, with transactions: some seconds more. */
  EMBEDDED_BROKER
}
