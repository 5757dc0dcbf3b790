/**
 * Parallel text on its way to the model: read, filtered, encoded, batched.
 *
 * <pre>
 * file -> ParallelCorpus -> CorpusFilter -> PlaceholderCopies
 *      -> (tokenizer) -> EncodedPair -> BucketingBatcher -> Batch
 * </pre>
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>Two files that differ by one line train a model on shuffled translations, and the loss
 *       still falls. Reading therefore refuses files of different length, and text that is not
 *       UTF-8, rather than repair them.
 *   <li>Duplicates are dropped as pairs. One source with several translations is what a language
 *       is, and is kept.
 *   <li>A batch is a rectangle: its cost is the longest sentence times the rows. Sentences of like
 *       length share a batch, but a batch must not always hold the same sentences, so they are
 *       sorted within shuffled pools only.
 * </ul>
 */
package io.streamglot.training.corpus;
