/**
 * Text to token ids and back.
 *
 * <p>Text arrives as people write it: with emoji of several code points, no-break spaces, control
 * characters, half of a surrogate pair. {@link io.streamglot.translator.text.TextCleaner} settles
 * white space and surrogates, {@link io.streamglot.translator.text.Tokenizer} does the rest:
 * Unicode normal form NFKC or NFC, byte-pair encoding (Sennrich et al. 2016, "Neural Machine
 * Translation of Rare Words with Subword Units"), and bytes where the vocabulary lacks a character.
 *
 * <p>Before that, {@link io.streamglot.translator.text.ProtectedSpans} finds what must not change,
 * {@link io.streamglot.translator.text.SentenceSplitter} cuts a text into sentences and what lies
 * between them, {@link io.streamglot.translator.text.Placeholders} stand for the spans inside of a
 * sentence, and {@link io.streamglot.translator.text.TextNormalizer} reads hasty text as corpora
 * are written.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A special token that is listed as an "added token" of a {@code tokenizer.json} is found
 *       inside of text: a message with the letters of {@code </s>} would end its own sentence. The
 *       list is emptied before the file is opened.
 *   <li>NFKC is not reversible: "½" becomes "1⁄2", and some characters get a space before them. The
 *       native library has its own Unicode tables, older than those of a new Java platform.
 *   <li>The native library gets Java's strings as modified UTF-8; a lone surrogate has no form in
 *       it that other languages accept.
 *   <li>The library looks for a CUDA build and would download it; the package switches that off.
 * </ul>
 */
package io.streamglot.translator.text;
