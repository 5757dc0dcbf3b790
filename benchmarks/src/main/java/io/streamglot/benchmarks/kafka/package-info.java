/** What the benchmarks of the stream and chaos have in common: guarantees, and processes. */
package io.streamglot.benchmarks.kafka;
