/**
 * The family of models: recurrent encoder-decoders from a fixed context (Sutskever, Vinyals and Le,
 * 2014; Cho et al., 2014) to attention (Bahdanau, Cho and Bengio, 2015; Luong, Pham and Manning,
 * 2015).
 *
 * <p>{@link io.streamglot.training.model.ModelConfig} gives the sizes, {@link
 * io.streamglot.training.model.ModelWeights} the parameters as plain arrays, in the one layout that
 * training, export and tests share. {@link io.streamglot.training.model.Seq2Seq} computes with them
 * in libtorch: {@code Encoder}, {@code Attention}, {@code Decoder} and {@code Cell} have the
 * equations.
 *
 * <p>Tensors are time first while a recurrence runs over them, and padded at the end. Traps:
 *
 * <ul>
 *   <li>Padding must not be seen before a token, or a sentence depends on its neighbours: the
 *       backward encoder reads a copy that is reversed within each sentence's length.
 *   <li>Rows of padding are left out before the output layer, whose vocabulary-sized product is the
 *       dearest of all.
 *   <li>The garbage collector does not see native memory: {@link
 *       io.streamglot.training.model.NativeScope}.
 * </ul>
 */
package io.streamglot.training.model;
