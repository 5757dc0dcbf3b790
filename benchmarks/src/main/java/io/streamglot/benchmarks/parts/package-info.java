/** Benchmarks of JMH: the parts of a translation that take time, each by itself. */
package io.streamglot.benchmarks.parts;
