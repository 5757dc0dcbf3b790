/**
 * Which target tokens may translate which source tokens, so that the decoder need not compute all.
 *
 * <p>{@link io.streamglot.training.shortlist.LexicalTable} learns from the training pairs, {@link
 * io.streamglot.training.shortlist.Shortlist} keeps the best of it.
 */
package io.streamglot.training.shortlist;
