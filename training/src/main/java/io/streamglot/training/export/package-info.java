/**
 * From trained weights to the bundle that serving opens.
 *
 * <p>{@link io.streamglot.training.export.BundleExporter} writes the bundle; {@link
 * io.streamglot.training.export.ParityCheck} opens it as serving does and holds it to the model,
 * and only what agrees is published. The rest of the package builds {@code model.onnx}: encoder and
 * the whole beam search in one graph, so that a batch costs one call and nothing but ids goes in
 * and out.
 *
 * <h2>Inputs and outputs</h2>
 *
 * <p>B sentences, S source length, K beam, T steps made; V, E, He, Hd, A, C, L, G as in {@link
 * io.streamglot.training.model.ModelWeights#shapes}.
 *
 * <table>
 *   <caption>The graph's interface</caption>
 *   <tr><th>name</th><th>type, shape</th><th></th></tr>
 *   <tr><td>{@code source}</td><td>int64 [B, S]</td><td>ids with the end token, padded</td></tr>
 *   <tr><td>{@code source_length}</td><td>int32 [B]</td><td>1 to S</td></tr>
 *   <tr><td>{@code beam_size}</td><td>int64 [1]</td><td>K</td></tr>
 *   <tr><td>{@code length_penalty}</td><td>float []</td><td>lp</td></tr>
 *   <tr><td>{@code max_length}</td><td>float [2]</td>
 *       <td>a, b: floor(a x length + b) target tokens, at least 1</td></tr>
 *   <tr><td>{@code scores}</td><td>float [B, K]</td>
 *       <td>log p / length^lp, best first; below -1e20: no hypothesis in this slot</td></tr>
 *   <tr><td>{@code tokens}</td><td>int32 [T, B, K]</td><td>chosen in each step</td></tr>
 *   <tr><td>{@code parents}</td><td>int32 [T, B, K]</td>
 *       <td>which hypothesis of the step before it continues</td></tr>
 *   <tr><td>{@code attention}</td><td>float [T, B, K, S]</td>
 *       <td>how the token's choice shared its attention among the source; 0 at padding; a
 *       model with a fixed context has no such output</td></tr>
 * </table>
 *
 * <p>A hypothesis is read from its slot in the last step back through {@code parents}; its tokens
 * are those before its first end token.
 *
 * <h2>Stages</h2>
 *
 * <ol>
 *   <li>{@link io.streamglot.training.export.EncoderGraph}: annotations [B, S, C], mask [B, 1, S],
 *       the decoder's first states [B, L Hd]. Its layers are ONNX's own operators.
 *   <li>{@link io.streamglot.training.export.ContextGraph}, once: for attention keys, [B, 1, S, A]
 *       or [B, Hd, S], and values [B, S, G Hd + E]; for a fixed context its one value [B x K, G Hd
 *       + E].
 *   <li>{@link io.streamglot.training.export.EnsembleGraph} has both for each of the models that
 *       decide together, and makes one distribution of theirs. Most bundles have one model.
 *   <li>The loop, a step an iteration. {@link io.streamglot.training.export.DecoderGraph}, with a
 *       {@link io.streamglot.training.export.CellGraph} for each layer: from token [B x K] and
 *       states to log p [B x K, V]. {@link io.streamglot.training.export.BeamSearchGraph}: the P =
 *       min(K, V) best of each row, [B, K x P], and the K best of those.
 * </ol>
 *
 * <p>The loop carries tokens int64 [B, K], scores float [B, K], finished bool [B, K], and for each
 * layer of each decoder its state, and an LSTM's memory, float [B x K, Hd]: one to four tensors a
 * model. Row b x K + k belongs to hypothesis k of sentence b. It stacks tokens, parents and
 * attention.
 *
 * <h2>Traps</h2>
 *
 * <ul>
 *   <li>A sentence is frozen at its own length limit, inside the graph. Were it left to the loop's
 *       end, its result would depend on its neighbours in the batch.
 *   <li>A finished hypothesis stays in the beam, at its score, and proposes the end token alone.
 *       Its other proposals must score below every live one, and not be not-a-number.
 *   <li>At the first step all slots are the same; only slot 0 is alive, or the beam would hold one
 *       hypothesis K times.
 *   <li>Ties go to the lower index: {@code TopK} promises it, so a search in plain Java can follow.
 *   <li>Values that the loop stacks must not change shape from step to step; carried values may.
 *   <li>{@code -1} in a {@code Reshape} is B or B x K here; the beam is an input, not a constant.
 *   <li>ONNX's LSTM orders its gates input, output, forget, cell; the weights have input, forget,
 *       cell, output. Its GRU has update, reset, candidate; the weights have reset, update,
 *       candidate.
 *   <li>A GRU may apply its reset before or after the product with the state: ours does after,
 *       which is {@code linear_before_reset} in ONNX and not its default.
 *   <li>Weights keep name and layout of {@link io.streamglot.training.model.ModelWeights} in the
 *       file. Where an operator wants another layout, nodes on constants make it, which ONNX
 *       Runtime folds when it opens the model; with its optimisations off they would run in every
 *       call.
 *   <li>Weights belong to the outer graph. Matrices are packed once, for which they must be
 *       constants after folding.
 * </ul>
 */
package io.streamglot.training.export;
