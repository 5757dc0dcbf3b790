package io.streamglot.app.integration;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats that need no registry; for those that do see {@link RegistryTest}. */
class EveryFormatTest {

  private static final List<ValueFormat> FORMATS =
      List.of(ValueFormat.AVRO, ValueFormat.JSON, ValueFormat.TEXT);

  private static FormatRun run;

  @BeforeAll
  static void openModel() throws IOException {
    run = new FormatRun();
  }

  @AfterAll
  static void closeModel() {
    run.close();
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void theTranslationsOf200SentencesAreTheSame(ValueFormat source, ValueFormat translations) {
    run.verify(
        new Formats(source, translations, List.of(), Optional.empty()),
        text -> FormatRun.write(source, text),
        value -> FormatRun.read(translations, value));
  }

  static Stream<Arguments> pairs() {
    return FORMATS.stream()
        .flatMap(source -> FORMATS.stream().map(target -> Arguments.of(source, target)));
  }
}
