/**
 * Programs behind the figures of {@code docs/benchmarks}: {@link
 * io.streamglot.benchmarks.TrainingSteps}, run by a script beside its figures, and below {@code
 * cli} the commands of {@code ./streamglot bench} and {@code chaos}.
 */
package io.streamglot.benchmarks;
