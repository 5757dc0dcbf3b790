package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.Weight;
import io.streamglot.training.shortlist.Shortlist;

/**
 * The target tokens that a batch may choose from: the union of what its sentences may use. The
 * output is computed for these alone; a sentence's own limits are kept by penalties, so that its
 * distribution is that of the sentence alone.
 *
 * @param ids int64 [N], ascending
 * @param penalties float [B, N]: 0 where a sentence may use the token, else -50
 */
record Candidates(Tensor ids, Tensor penalties) {

  /**
   * Leaves e^-50 of a token's probability, which no sum of single precision notices. Much lower, it
   * would be a denormal number, with which exponentials take several times as long.
   */
  private static final float PENALTY = -50;

  /**
   * Appends them.
   *
   * @param source int64 [B, S]
   * @param prefix int64 [B, P]: tokens that each sentence may use in any case, then -1
   * @param wanted bool []: whether to use the shortlist; all tokens are candidates if not
   */
  static Candidates of(
      OnnxGraph g, Shortlist shortlist, Tensor source, Tensor prefix, Tensor wanted) {
    int vocabularySize = shortlist.translations().length;
    float[] always = new float[vocabularySize];
    for (int id : shortlist.frequent()) {
      always[id] = 1;
    }
    Tensor frequent =
        g.weight("shortlist.frequent", new Weight(new long[] {vocabularySize}, always));
    Tensor everyone = g.maximum(frequent, g.cast(g.not(wanted), ElementType.FLOAT)); // [V]
    Tensor sentences = g.first(g.shape(source), g.longs(1)); // [1]
    Tensor brought =
        g.gather(g.integers("shortlist.translations", shortlist.translations()), source);
    Tensor translations = g.reshape(brought, g.concat(0, sentences, g.longs(-1))); // [B, S x k]
    Tensor noToken = g.less(prefix, g.scalar(0L));
    Tensor given =
        g.where(
            noToken,
            g.first(translations, g.longs(1)),
            g.cast(prefix, ElementType.INT32)); // [B, P]
    Tensor ids = g.concat(1, translations, given);
    Tensor allowed =
        g.scatterElements(
            g.expand(everyone, g.concat(0, sentences, g.longs(vocabularySize))),
            ids,
            g.expand(g.scalar(1f), g.shape(ids))); // [B, V]
    Tensor any = g.places(g.less(g.scalar(0f), g.maximum(allowed, 0)));
    Tensor penalties =
        g.where(
            g.less(g.scalar(0f), g.gatherColumns(allowed, any)), g.scalar(0f), g.scalar(PENALTY));
    return new Candidates(any, penalties);
  }
}
