/**
 * Measures the stream, from a topic to another: how late a message is ({@link
 * io.streamglot.benchmarks.streaming.LatencyBenchmark}), how much of the decoder's speed is left
 * ({@link io.streamglot.benchmarks.streaming.ThroughputBenchmark}), what grows in a long run
 * ({@link io.streamglot.benchmarks.streaming.StreamSoak}).
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A load that waits for answers hides how late they are. Messages are sent by a schedule,
 *       whatever becomes of those before, and their time counts from when they were due.
 *   <li>The broker and the reader compute on the same machine; a stream thread needs a core of its
 *       own to be as fast as bare decoding.
 *   <li>A topic's newest segment is never compacted: only small segments show what a long run comes
 *       to.
 * </ul>
 */
package io.streamglot.benchmarks.streaming;
