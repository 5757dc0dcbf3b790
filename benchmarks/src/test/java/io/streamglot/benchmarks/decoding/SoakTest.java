package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.benchmarks.decoding.Soak.Sample;
import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakTest {

  private static final List<String> TEXTS =
      List.of("Where is the station?", "I love you.", "How are you?", "The cat sleeps.");

  @ParameterizedTest(name = "{0} callers")
  @ValueSource(ints = {1, 2})
  void translatesUntilTheTokensAreMade(int callers) throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models/en-fr"));
    try (Translator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT);
        Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile())) {
      Soak soak = new Soak(translator, tokenizer, bundle.manifest().search(), TEXTS, 3);
      long once =
          translator.translate(TEXTS).stream()
              .mapToLong(translation -> tokenizer.encode(translation.text()).length - 1)
              .sum();
      List<Sample> heard = new ArrayList<>();

      Soak.Result result = soak.run(callers, 10 * once, heard::add);

      assertThat(result.samples()).isEqualTo(heard);
      assertThat(heard).extracting(Sample::targetTokens).isSorted().last().isEqualTo(10 * once);
      assertThat(heard).allSatisfy(sample -> assertThat(sample.heapUsedBytes()).isPositive());
      assertThat(result.bytesPerSentence().getAsDouble()).isBetween(500.0, 1e6);
    }
  }

  @Test
  void growthIsTheSlopeAfterTheFirstTenth() {
    List<Sample> samples =
        LongStream.rangeClosed(1, 100)
            .mapToObj(i -> sample(1000 * i, i < 10 ? 77 : 5_000_000 + 3 * 1000 * i))
            .toList();

    assertThat(new Soak.Result(samples, OptionalDouble.empty()).residentGrowth().getAsDouble())
        .isCloseTo(3, within(1e-9));
  }

  @Test
  void growthIsUnknownWhereTheSystemDoesNotTellTheMemory() {
    List<Sample> samples = List.of(sample(1000, null), sample(2000, null));

    assertThat(new Soak.Result(samples, OptionalDouble.empty()).residentGrowth()).isEmpty();
  }

  private static Sample sample(long tokens, Long resident) {
    return new Sample(tokens, tokens / 1e3, resident, 1, 1, 1);
  }

  private static Sample sample(long tokens, long resident) {
    return sample(tokens, Long.valueOf(resident));
  }
}
