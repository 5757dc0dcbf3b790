package io.streamglot.app.compare;

import static io.streamglot.app.compare.Recordings.failed;
import static io.streamglot.app.compare.Recordings.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.schemas.RecordedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

  /** Four pairs: one of each of identical, changed, missing, failed in NEW. */
  private static final List<RecordedMessage> OLD =
      List.of(
          translated("1", "fr", "Il fait beau aujourd'hui à Paris."),
          translated("2", "fr", "Il fait beau aujourd'hui à Paris."),
          translated("3", "fr", "oui"),
          translated("4", "fr", "oui"));

  private static final List<RecordedMessage> NEW =
      List.of(
          translated("1", "fr", "Il fait beau aujourd'hui à Paris."),
          translated("2", "fr", "Il fait froid."),
          failed("4", "fr"));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "passes",
      textBlock =
          """
          changed>0         | changed: expected at most 0, actual 1
          changed>1         | passes
          changed>24.9%     | changed: expected at most 24.9000 %, actual 25 %
          changed > 25 %    | passes
          identical<2       | identical: expected at least 2, actual 1
          identical<25%     | passes
          missing>0         | missing: expected at most 0, actual 1
          new>0             | passes
          failed>0          | failed: expected at most 0, actual 1
          failed-new>0      | failed-new: expected at most 0, actual 1
          failed-old>0      | passes
          failed-both>0     | passes
          agreement-chrf<1  | passes
          """)
  void failsWhereTheBoundIsPassedAndNotAtIt(String gate, String failure) {
    assertThat(failure(gate, compare(ReferenceTexts.NONE))).isEqualTo(Optional.ofNullable(failure));
  }

  @Test
  void agreementIsTheScoreOfNewAgainstOld() {
    Comparison comparison = compare(ReferenceTexts.NONE);
    double bleu = comparison.agreement().orElseThrow().bleu();

    assertThat(failure("agreement-bleu<100", comparison))
        .contains("agreement-bleu: expected at least 100, actual " + fourDecimals(bleu));
    assertThat(failure("agreement-bleu<1", comparison)).isEmpty();
  }

  @Test
  void differencesFromReferencesArePointsAndPIsThatOfALoss() throws IOException {
    Comparison lost = compare(references("2\tfr\tIl fait beau aujourd'hui à Paris.\n"));
    Comparison won = compare(references("2\tfr\tIl fait froid.\n"));

    assertThat(failure("bleu<-0.5", lost)).isPresent();
    assertThat(failure("chrf<-0.5", lost)).isPresent();
    assertThat(failure("bleu<-0.5", won)).isEmpty();
    assertThat(failure("p<1", lost).orElseThrow())
        .isEqualTo(
            "p: expected at least 1, actual "
                + fourDecimals(lost.references().orElseThrow().bleuP()));
    assertThat(failure("p<1", won)).isEmpty();
    assertThat(failure("p-chrf<1", won)).isEmpty();
  }

  @Test
  void whatHasNoValueFails() throws IOException {
    Comparison comparison = compare(references("3\tfr\toui\n"));

    assertThat(failure("bleu<-100", comparison))
        .contains(
            "bleu<-100: expected a value, actual none: both sides translated no message that has"
                + " references");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changed           | expected gates such as changed>5% or bleu<-0.5, with commas between them, actual 'changed'
          changed>=5        | expected gates such as changed>5% or bleu<-0.5, with commas between them, actual 'changed>=5'
          changed>5,        | expected gates such as changed>5% or bleu<-0.5, with commas between them, actual ''
          bleu<5%           | expected % only after counts, actual 'bleu<5%'
          speed<5           | expected one of identical, changed, missing, new, failed, failed-new, failed-old, failed-both, agreement-bleu, agreement-chrf, bleu, chrf, p, p-chrf, actual 'speed'
          """)
  void whatIsNoGateIsRefused(String gates, String message) {
    assertThatThrownBy(() -> Gate.parse(gates))
        .isInstanceOf(ComparisonException.class)
        .hasMessage(message);
  }

  private static String fourDecimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Optional<String> failure(String gate, Comparison comparison) {
    return Gate.parse(gate).get(0).failure(comparison);
  }

  private ReferenceTexts references(String lines) throws IOException {
    return ReferenceTexts.read(Files.writeString(folder.resolve("references.tsv"), lines));
  }

  private static Comparison compare(ReferenceTexts references) {
    return Comparer.compare(
        new RecordedOutcomes("old", OLD.iterator(), Recordings.AVRO, false),
        new RecordedOutcomes("new", NEW.iterator(), Recordings.AVRO, false),
        references,
        10);
  }
}
