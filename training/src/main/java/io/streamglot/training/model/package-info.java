/**
 * The model: an LSTM encoder-decoder with additive attention, after Bahdanau, Cho and Bengio,
 * "Neural Machine Translation by Jointly Learning to Align and Translate" (2015).
 *
 * <p>{@link io.streamglot.training.model.ModelConfig} gives the sizes, {@link
 * io.streamglot.training.model.ModelWeights} the parameters as plain arrays, in the one layout that
 * training, export and tests share.
 */
package io.streamglot.training.model;
