/** What the benchmarks of the stream and chaos say of Kafka alike. */
package io.streamglot.benchmarks.kafka;
