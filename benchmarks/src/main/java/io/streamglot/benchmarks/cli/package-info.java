/**
 * The commands of {@code ./streamglot bench}, one class each; {@link
 * io.streamglot.benchmarks.cli.BenchMain} only wires them. They start and end as those of {@link
 * io.streamglot.training.cli.Program} do.
 */
package io.streamglot.benchmarks.cli;
