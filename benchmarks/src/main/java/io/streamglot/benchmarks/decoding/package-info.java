/**
 * Measures decoding: how fast ({@link io.streamglot.benchmarks.decoding.DecodeBenchmark}), with how
 * much memory ({@link io.streamglot.benchmarks.decoding.Soak}), how soon after the start ({@link
 * io.streamglot.benchmarks.decoding.Startup}).
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>The speed of a shared machine drifts within minutes. So candidates take turns in each
 *       round, and what is compared is the two times of one round.
 *   <li>Sentences of like length decode quickest together; a file in its own order measures padding
 *       too.
 *   <li>The first batch of a shape pays for memory that later ones reuse: one round goes
 *       unmeasured.
 * </ul>
 */
package io.streamglot.benchmarks.decoding;
