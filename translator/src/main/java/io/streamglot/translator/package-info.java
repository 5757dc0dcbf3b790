/**
 * Texts in, translations out: the contract between training, which evaluates through this package,
 * and serving.
 *
 * <p>In the order that data meets them: {@link io.streamglot.translator.SourceEncoder} cuts a text
 * into sentences and makes token ids of them, {@link io.streamglot.translator.SourceBatches} puts
 * sentences of like length together, {@link io.streamglot.translator.Helpers} share the batches
 * with the caller, {@link io.streamglot.translator.decode.Decoder} searches, the tokenizer makes
 * text of what it found, and {@link io.streamglot.translator.JoinedTranslation} puts the sentences
 * together. {@link io.streamglot.translator.BundleTranslator} is that line, for a {@link
 * io.streamglot.translator.bundle.ModelBundle}.
 *
 * <p>Trap: a translation must not depend on the other texts of its batch, or a replayed topic gives
 * other results than the first run did.
 */
package io.streamglot.translator;
