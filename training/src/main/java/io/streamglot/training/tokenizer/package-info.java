/**
 * Learns the vocabulary: byte pair encoding (Sennrich et al. 2016, "Neural Machine Translation of
 * Rare Words with Subword Units"), one for both languages, written in the Hugging Face tokenizers
 * format that {@code translator.text} reads.
 *
 * <pre>
 * text -> NFC or NFKC, spaces folded -> words, "▁" for the space before -> characters -> merges -> ids
 * </pre>
 *
 * <p>The learner must see words exactly as the reader will, so {@link
 * io.streamglot.training.tokenizer.WordSplitter} and {@link
 * io.streamglot.training.tokenizer.TokenizerJson} state the same steps, once to apply and once to
 * write. Traps:
 *
 * <ul>
 *   <li>A Metaspace pre-tokenizer splits at spaces only: without a second step "station?" and
 *       "station" are two words. Punctuation, symbols and digits stand alone here; apostrophe and
 *       hyphen do not, since "j'ai", "don't" and "est-ce" are learned better whole.
 *   <li>NFKC folds the full-width "，？！" of Chinese to ASCII, and no model could write them: for
 *       Chinese, {@link io.streamglot.training.tokenizer.Normalization} is NFC.
 *   <li>Chinese has no spaces: a clause between two marks is one word, and merges within it find
 *       the words of the language.
 *   <li>French puts a space before "?": that space stays with its mark as "▁?", one token.
 *   <li>Rare characters get no id of their own but the ids of their UTF-8 bytes, so no text is
 *       lost, and no merge may span them.
 *   <li>A placeholder for a protected span stands alone wherever it is put: no merge has one, so
 *       its neighbours have the tokens that they have beside any other mark.
 *   <li>"▁" itself cannot be told from a space; it is read back as one.
 * </ul>
 */
package io.streamglot.training.tokenizer;
