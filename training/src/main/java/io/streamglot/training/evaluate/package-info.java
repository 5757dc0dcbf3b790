/**
 * How good a model is: BLEU and chrF ({@link io.streamglot.translator.evaluate}) of translations
 * made by the decoder that serves.
 *
 * <p>Trap: where a sentence has several translations, all are references of one hypothesis. Scoring
 * a sentence once for each of them counts it several times and punishes right answers.
 */
package io.streamglot.training.evaluate;
