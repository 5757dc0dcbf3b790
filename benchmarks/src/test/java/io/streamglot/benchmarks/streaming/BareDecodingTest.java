package io.streamglot.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BareDecodingTest {

  private static final String SHORT = "Hi.";
  private static final String LONG =
      "The old man who lives in the house at the end of the street told us yesterday that he would"
          + " never have sold his boat if the winter had not been so long.";

  @Test
  void eachTextHasTheTimeThatItTakesAloneWhateverThePace() throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models/en-fr"));
    try (BundleTranslator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      BareDecoding bare = new BareDecoding(translator, 9);
      OpenLoop load = new OpenLoop(50);
      long start = System.nanoTime();
      Map<String, Double> paced = bare.paced(Set.of(SHORT, LONG), load);

      assertThat(System.nanoTime() - start)
          .as("the last of 18 texts was due then")
          .isGreaterThanOrEqualTo(load.dueNanos(17))
          .isLessThan(Duration.ofMinutes(1).toNanos());
      assertThat(paced.get(LONG)).isGreaterThan(paced.get(SHORT));
      Map<String, Double> backToBack = bare.backToBack(Set.of(SHORT, LONG));
      assertThat(backToBack.get(LONG)).isGreaterThan(backToBack.get(SHORT));
    }
  }
}
