package io.streamglot.training.tokenizer;

import java.text.Normalizer;

/** The Unicode normal form (UAX 15) into which a tokenizer brings text before all else. */
public enum Normalization {
  /**
   * Composes accents and changes nothing else. For languages whose punctuation is full-width, such
   * as Chinese.
   */
  NFC(Normalizer.Form.NFC),
  /**
   * Also turns variants into the plain character: ligatures, superscripts, full-width letters. The
   * full-width comma, question and exclamation mark of Chinese become ASCII's, so a model could
   * never write them.
   */
  NFKC(Normalizer.Form.NFKC);

  private final Normalizer.Form form;

  Normalization(Normalizer.Form form) {
    this.form = form;
  }

  String of(String text) {
    return Normalizer.normalize(text, form);
  }
}
