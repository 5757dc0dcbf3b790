package io.streamglot.translator;

import io.streamglot.translator.text.Sentence;

/**
 * A sentence as the decoder takes it.
 *
 * @param before what the text has between the sentence before and this one
 * @param sentence what is translated
 * @param ids its token ids, the end token last, with a placeholder for each of its spans; at least
 *     one; not copied, and not to be changed
 * @param prefix token ids that its translation begins with; likewise; none for anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedSentence(String before, Sentence sentence, int[] ids, int[] prefix) {

  EncodedSentence withPrefix(int[] other) {
    return new EncodedSentence(before, sentence, ids, other);
  }
}
