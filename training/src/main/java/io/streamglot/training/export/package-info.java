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
 *   <tr><td>{@code pruning}</td><td>float []</td>
 *       <td>once the best hypothesis of a sentence is finished, those whose score times this is not
 *       above its score are given up; 0 for none</td></tr>
 *   <tr><td>{@code with_attention}</td><td>bool []</td>
 *       <td>whether attention is wanted; without, that output has S = 0</td></tr>
 *   <tr><td>{@code with_shortlist}</td><td>bool []</td>
 *       <td>whether a sentence may use its shortlist alone; only a graph with one has it</td></tr>
 *   <tr><td>{@code prefix}</td><td>int64 [B, P]</td>
 *       <td>tokens that each translation begins with, the end token only last, then -1; P may be
 *       0</td></tr>
 *   <tr><td>{@code uniform}</td><td>float [B, U]</td>
 *       <td>from 0 to below 1, for each step behind the prefix: draws lots; U is 0 for none. Only
 *       with a K of 1</td></tr>
 *   <tr><td>{@code temperature}, {@code top_k}, {@code top_p}</td>
 *       <td>float []; int64 [1]; float []</td>
 *       <td>what lots are drawn from, {@link io.streamglot.training.export.Sampler}</td></tr>
 *   <tr><td>{@code scores}</td><td>float [B, K]</td>
 *       <td>log p / length^lp, best first; below -1e20: no hypothesis in this slot</td></tr>
 *   <tr><td>{@code tokens}</td><td>int32 [T, B, K]</td>
 *       <td>chosen in each step, not those of the prefix</td></tr>
 *   <tr><td>{@code parents}</td><td>int32 [T, B, K]</td>
 *       <td>which hypothesis of the step before it continues</td></tr>
 *   <tr><td>{@code attention}</td><td>float [T, B, K, S]</td>
 *       <td>how the token's choice shared its attention among the source; 0 at padding; a
 *       model with a fixed context has no such output</td></tr>
 *   <tr><td>{@code prefix_attention}</td><td>float [P, B, S]</td>
 *       <td>likewise of the prefix</td></tr>
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
 *   <li>{@link io.streamglot.training.export.ContextGraph}, once a sentence: for attention keys,
 *       [B, 1, S, A] or [B, Hd, S], mask and values [B, S, G Hd + E]; for a fixed context its one
 *       value [B, G Hd + E].
 *   <li>{@link io.streamglot.training.export.EnsembleGraph} has both for each of the models that
 *       decide together, and makes one distribution of theirs. Most bundles have one model.
 *   <li>{@link io.streamglot.training.export.Candidates}, if there is a shortlist: the N of the V
 *       target tokens that the batch computes.
 *   <li>{@link io.streamglot.training.export.PrefixGraph}, if there is a prefix: a loop that reads
 *       it and counts its probability. The first step of the search is the one behind it.
 *   <li>{@link io.streamglot.training.export.PhasedSearch}: a loop of {@linkplain
 *       io.streamglot.training.export.SearchPhase phases}, between which sentences that are done
 *       leave the batch, b of the B stay. A beam search of 8 slots or fewer has one loop for all:
 *       {@link io.streamglot.training.export.UnphasedSearch}.
 *   <li>In a phase a loop of {@linkplain io.streamglot.training.export.BeamStep steps}. {@link
 *       io.streamglot.training.export.DecoderStep}, with a {@link
 *       io.streamglot.training.export.CellGraph} for each layer: from token [n] and states [n, Hd]
 *       to log p [n, V], for the n {@linkplain io.streamglot.training.export.Rows rows} that are
 *       computed. Then the P = min(K, V) best of each row, [b, K x P], and the K best of those. To
 *       draw lots it is a {@link io.streamglot.training.export.DrawingStep}, which has neither.
 * </ol>
 *
 * <p>The loop of steps carries tokens int64 [b x K], scores float [b, K], live bool [b, K], the
 * slots of the live hypotheses int64 [n], and for each layer of each decoder its state, and an
 * LSTM's memory, float [n, Hd]: one to four tensors a model. {@link
 * io.streamglot.training.export.LiveRows} goes between slots and rows. The loop of phases carries
 * these, what each sentence brings, and what was chosen so far.
 *
 * <p>A graph for CUDA ({@link io.streamglot.training.export.GraphTarget}) has no phases, but one
 * loop of steps to search and one to draw, for all rows: n is b x K.
 *
 * <h2>Traps</h2>
 *
 * <ul>
 *   <li>A sentence is frozen at its own length limit, inside the graph. Were it left to the loop's
 *       end, its result would depend on its neighbours in the batch.
 *   <li>A finished hypothesis stays in the beam, at its score, and proposes the end token alone.
 *       Its other proposals must score below every live one, and not be not-a-number.
 *   <li>Prefixes are of different lengths: in a step each sentence is at another token, which its
 *       limit, its normalisation and the fall of a finished score depend on.
 *   <li>Each loop of decoder steps has its own packed copy of the matrices: some 13 MB, and 20 to
 *       40 ms of opening; in integers 3 MB and 20 ms. So greedy search is a beam of 1, and lots are
 *       drawn in one kind of loop.
 *   <li>A loop that makes no step has results of unknown shape: a search makes one even if every
 *       sentence ended with its prefix.
 *   <li>A sentence starts with one hypothesis, in slot 0: were all slots alive, the beam would hold
 *       one hypothesis K times.
 *   <li>Ties go to the lower index: {@code TopK} promises it, so a search in plain Java can follow.
 *   <li>Values that a loop stacks must not change shape from step to step; carried values may. So
 *       the steps of a phase are stacked, and a phase appends them to those before.
 *   <li>In ONNX a 0 in the shape of a {@code Reshape} copies an axis: what may be empty is not
 *       reshaped, but flattened.
 *   <li>A loop copies what it carries and does not change. What is large comes from outside.
 *   <li>ONNX Runtime packs a matrix only if it is a constant of the graph that multiplies by it, or
 *       of the one right around that; in a loop within a loop an initializer of the outermost graph
 *       is neither. A node on it in the graph between, folded when the model is opened, is.
 *   <li>{@code -1} in a {@code Reshape} is b or n here; the beam is an input, not a constant.
 *   <li>ONNX's LSTM orders its gates input, output, forget, cell; the weights have input, forget,
 *       cell, output. Its GRU has update, reset, candidate; the weights have reset, update,
 *       candidate.
 *   <li>A GRU may apply its reset before or after the product with the state: ours does after,
 *       which is {@code linear_before_reset} in ONNX and not its default.
 *   <li>Weights keep name and layout of {@link io.streamglot.training.model.ModelWeights} in the
 *       file. Where an operator wants another layout, nodes on constants make it, which ONNX
 *       Runtime folds when it opens the model; with its optimisations off they would run in every
 *       call.
 *   <li>Under ONNX Runtime's CUDA provider sizes are read on the CPU and all else on the device. A
 *       value from outside that a step reads in the other place, or in both, is copied in each
 *       step.
 *   <li>Weights belong to the outer graph. Matrices are packed once, for which they must be
 *       constants after folding.
 * </ul>
 */
package io.streamglot.training.export;
