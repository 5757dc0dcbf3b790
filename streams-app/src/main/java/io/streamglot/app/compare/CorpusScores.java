package io.streamglot.app.compare;

/**
 * Corpus scores of texts against others.
 *
 * @param bleu 0 to 100; each text is cut as is standard for its language
 * @param chrf 0 to 100
 * @param bleuSignature how BLEU was computed, in sacreBLEU's form; several, joined by {@code " +
 *     "}, where languages are cut in different ways
 * @param chrfSignature how chrF was computed
 */
public record CorpusScores(double bleu, double chrf, String bleuSignature, String chrfSignature) {}
