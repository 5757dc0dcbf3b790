package io.streamglot.app.cli;

import io.streamglot.translator.EncodedText;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Terms;
import java.util.List;

/** A translator that searches with another beam than its bundle says. Thread-safe as that is. */
record BeamOverride(Translator translator, int beamSize) implements Translator {
  @Override
  public BundleManifest manifest() {
    return translator.manifest();
  }

  @Override
  public List<Translation> translate(List<String> texts, SearchOptions options) {
    return translator.translate(texts, options.withBeamSize(beamSize));
  }

  @Override
  public EncodedText encode(String text, Terms terms) {
    return translator.encode(text, terms);
  }

  @Override
  public List<Translation> translateEncoded(List<EncodedText> texts, SearchOptions options) {
    return translator.translateEncoded(texts, options.withBeamSize(beamSize));
  }

  @Override
  public void close() {
    translator.close();
  }
}
