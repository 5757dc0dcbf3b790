/**
 * How good translations are: BLEU and chrF as sacreBLEU defines them, and whether a difference of
 * two systems is more than chance.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A score means nothing without its signature: tokenization alone moves BLEU by several
 *       points. Every score here carries one.
 *   <li>13a sees no word in Chinese, only sentences: Chinese is compared by character, with {@code
 *       zh}.
 *   <li>Papers on Multi30K report lower-cased text with Moses' punctuation and words. Such a figure
 *       compares with {@code norm:moses-de|tok:moses-de} and {@code case:lc}, not with 13a.
 *   <li>Corpus BLEU sums matches over all sentences before it divides; a mean of sentence scores is
 *       something else. {@link io.streamglot.translator.evaluate.CorpusMetric} gives the counts
 *       that are summed.
 * </ul>
 *
 * <p>Post 2018, "A Call for Clarity in Reporting BLEU Scores"; Papineni et al. 2002, "BLEU: a
 * Method for Automatic Evaluation of Machine Translation"; Popović 2015, "chrF: character n-gram
 * F-score for automatic MT evaluation"; Koehn 2004, "Statistical Significance Tests for Machine
 * Translation Evaluation".
 */
package io.streamglot.translator.evaluate;
