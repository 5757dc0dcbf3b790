/**
 * Beam search in one call: token ids in, hypotheses out.
 *
 * <p>The ONNX graph of a bundle holds the encoder, the attention, the decoder and the search
 * itself. {@link io.streamglot.translator.decode.Decoder} pads a batch, runs the graph, and walks
 * the back-pointers that it returns to {@link io.streamglot.translator.decode.Hypothesis}.
 *
 * <p>The search ranks by length-normalised log-probability at every step. With {@code n_t} the
 * score of a hypothesis of {@code t} tokens and {@code a} the length penalty,
 *
 * <pre>n_t = n_{t-1} ((t-1) / t)^a + log p(y_t | y_1..y_{t-1}, x) / t^a</pre>
 *
 * A hypothesis that chose the end token, or reached the length limit of its own sentence, is
 * frozen: it keeps its score and repeats the end token until all sentences are done.
 *
 * <p>A {@link io.streamglot.translator.decode.SearchRequest} may give the tokens that hypotheses
 * begin with, and may have one drawn by lot, {@link io.streamglot.translator.decode.Sampling}. Its
 * score is the same: the model's own probability of its tokens, prefix included.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>Time runs first in the outputs: {@code [steps, sentences, beam]}.
 *   <li>The graph gives what follows a prefix; {@code SearchResult} puts the prefix before it.
 *   <li>A beam wider than the number of different hypotheses is filled up with hypotheses of score
 *       -1e30, which are not results.
 *   <li>ONNX Runtime's tensors are native memory: each is closed where it was made. Its inputs are
 *       direct buffers, which it reads in place, in {@link
 *       io.streamglot.translator.decode.InputBuffers}; its outputs are read as buffers, for as
 *       nested arrays they would cost an object a row.
 *   <li>Threads inside of one call help less than several calls at once, and spinning threads halve
 *       the speed of short calls: a session has one thread, and its callers bring theirs. Calls in
 *       one session wait for each other's memory, so each has its own: {@link
 *       io.streamglot.translator.decode.Lanes}.
 *   <li>With ONNX Runtime for CUDA, asking for CUDA unpacks 650 MB of libraries into a temporary
 *       folder, unless the property {@code onnxruntime.native.path} names where they are.
 * </ul>
 */
package io.streamglot.translator.decode;
