/** What the commands print and write: tables, raw rows, and what they ran on. */
package io.streamglot.benchmarks.output;
