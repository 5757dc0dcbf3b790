package io.streamglot.translator;

import io.streamglot.translator.text.NormalizedSentence;
import io.streamglot.translator.text.Sentence;

/**
 * A sentence as the decoder takes it.
 *
 * @param before what the text has between the sentence before and this one
 * @param sentence what is translated
 * @param form in which the model reads it, with a placeholder for each of its spans
 * @param ids token ids of the form, the end token last; at least one; not copied, and not to be
 *     changed
 * @param prefix token ids that its translation begins with; likewise; none for anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedSentence(
    String before, Sentence sentence, NormalizedSentence form, int[] ids, int[] prefix) {

  EncodedSentence withPrefix(int[] other) {
    return new EncodedSentence(before, sentence, form, ids, other);
  }
}
