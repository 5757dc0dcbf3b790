/** Programs behind the figures of {@code docs/benchmarks}, run by the scripts beside them. */
package io.streamglot.benchmarks;
