package io.streamglot.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.TatoebaDev;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundle that ships keeps what its manifest promises. */
class ShippedModelScoreTest {

  /** Processors sum in different orders, which may turn a few close decisions. */
  private static final double MACHINE_TOLERANCE = 0.3;

  @Test
  void scoresOnTheDevelopmentDataWhatItsManifestSays() throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models/en-fr"));
    List<BundleManifest.Evaluation> promised = bundle.manifest().evaluation();
    try (Translator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      Evaluator.Evaluation found = new Evaluator(translator).evaluate(TatoebaDev.read());

      assertThat(found.sentences()).isEqualTo(1_500);
      assertThat(found.bleu().score())
          .isGreaterThan(38)
          .isCloseTo(promised.get(0).score(), within(MACHINE_TOLERANCE));
      assertThat(found.chrf().score())
          .isCloseTo(promised.get(1).score(), within(MACHINE_TOLERANCE));
    }
  }
}
