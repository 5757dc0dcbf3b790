/**
 * Reads what ONNX Runtime's profiler wrote: {@link io.streamglot.benchmarks.profile.Profile}.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A node that holds a graph ({@code Loop}, {@code If}, {@code Scan}) counts the time of the
 *       nodes inside it, which have events of their own.
 *   <li>The profiler stops without a word after a million events.
 *   <li>Shapes leave out inputs that were packed when the model was opened, as most matrices are.
 *   <li>On a GPU the time of a node is that of its launch.
 * </ul>
 */
package io.streamglot.benchmarks.profile;
