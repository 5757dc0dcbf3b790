package io.streamglot.app.compare;

import static io.streamglot.app.compare.Recordings.failed;
import static io.streamglot.app.compare.Recordings.record;
import static io.streamglot.app.compare.Recordings.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.schemas.RecordedMessage;
import io.streamglot.translator.evaluate.Bleu;
import io.streamglot.translator.evaluate.Chrf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparerTest {

  private static final Offset<Double> ALMOST = within(1e-9);

  private static final List<String> OLD =
      List.of(
          "Le chien a mordu l'homme.",
          "Ce n'était pas surprenant du tout.",
          "L'homme venait de le mordre hier.",
          "Il y a un chat sur le tapis.");
  private static final List<String> NEW =
      List.of(
          "Le chien a mordu l'homme.",
          "Ce n'était vraiment pas une surprise.",
          "L'homme l'avait mordu hier.",
          "Il y a un chat sur le tapis !");

  @TempDir private Path folder;

  @Test
  void scoresNewAgainstOldAsACorpusOfItsOwn() {
    Comparison comparison = compare(translations(OLD), translations(NEW));

    CorpusScores scores = comparison.agreement().orElseThrow();
    List<List<String>> references = OLD.stream().map(List::of).toList();
    assertThat(scores.bleu()).isEqualTo(new Bleu().score(NEW, references).score(), ALMOST);
    assertThat(scores.chrf()).isEqualTo(new Chrf().score(NEW, references).score(), ALMOST);
    assertThat(scores.bleuSignature())
        .isEqualTo(new Bleu().score(NEW, references).signature())
        .contains("nrefs:1|");
    assertThat(comparison.count(OutcomeClass.IDENTICAL)).isEqualTo(1);
    assertThat(comparison.count(OutcomeClass.CHANGED)).isEqualTo(3);
    assertThat(comparison.share(OutcomeClass.CHANGED)).isEqualTo(0.75);
  }

  @Test
  void scoresBothAgainstReferencesWhereThereAreSome() throws IOException {
    Path file = folder.resolve("references.tsv");
    Files.writeString(
        file,
        """
        m1\tfr\tC'était tout sauf une surprise.
        m1\tfr\tCe n'était vraiment pas une surprise.
        m2\tfr\tL'homme l'avait mordu hier.\tHier, l'homme l'avait mordu.
        m3\tde\tDa ist eine Katze.
        """);

    ReferenceScores scores =
        compare(translations(OLD), translations(NEW), ReferenceTexts.read(file))
            .references()
            .orElseThrow();

    List<List<String>> references =
        List.of(
            List.of("C'était tout sauf une surprise.", "Ce n'était vraiment pas une surprise."),
            List.of("L'homme l'avait mordu hier.", "Hier, l'homme l'avait mordu."));
    assertThat(scores.messages()).isEqualTo(2);
    assertThat(scores.candidate().bleu()).isEqualTo(100);
    assertThat(scores.old().bleu())
        .isEqualTo(new Bleu().score(OLD.subList(1, 3), references).score(), ALMOST);
    assertThat(scores.chrfDifference())
        .isEqualTo(100 - new Chrf().score(OLD.subList(1, 3), references).score(), ALMOST);
    assertThat(scores.old().bleuSignature()).contains("nrefs:2|");
  }

  @Test
  void chineseIsCutByCharacter() {
    Comparison comparison =
        compare(
            List.of(translated("1", "zh", "我们昨天去公园散步了"), translated("2", "fr", "oui")),
            List.of(translated("1", "zh", "我们昨天去公园散步吧"), translated("2", "fr", "oui")));

    assertThat(comparison.agreement().orElseThrow().bleuSignature())
        .contains("|tok:13a|", " + ", "|tok:zh|");
  }

  @Test
  void quantilesAreValuesThatOccur() {
    List<RecordedMessage> old = new ArrayList<>();
    List<RecordedMessage> candidate = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      old.add(translated("m" + i, "fr", "x".repeat(i), -1, "1.0.0", i));
      candidate.add(translated("m" + i, "fr", "🙂".repeat(2 * i), -i, "1.1.0", 3L * i));
    }

    Comparison comparison = compare(old, candidate);

    PairedSummary length = comparison.length().orElseThrow();
    assertThat(length.old()).isEqualTo(new PairedSummary.Quantiles(50, 95));
    assertThat(length.candidate()).isEqualTo(new PairedSummary.Quantiles(100, 190));
    assertThat(length.difference()).isEqualTo(new PairedSummary.Quantiles(50, 95));
    PairedSummary score = comparison.score().orElseThrow();
    assertThat(score.candidate()).isEqualTo(new PairedSummary.Quantiles(-51, -6));
    assertThat(comparison.latency().orElseThrow().candidate())
        .isEqualTo(new PairedSummary.Quantiles(150, 285));
    assertThat(comparison.candidate().models()).containsEntry("en-fr 1.1.0", 100L).hasSize(1);
  }

  @Test
  void aReplayTellsNoLatency() {
    Comparison comparison =
        Comparer.compare(
            new RecordedOutcomes("old", translations(OLD).iterator(), Recordings.AVRO, true),
            new RecordedOutcomes("new", translations(NEW).iterator(), Recordings.AVRO, false),
            ReferenceTexts.NONE,
            10);

    assertThat(comparison.latency()).isEmpty();
    assertThat(comparison.length()).isPresent();
  }

  @Test
  void theWorstChangesComeFirstAndNoMoreOfAClassThanAsked() {
    List<RecordedMessage> old = new ArrayList<>(translations(OLD));
    List<RecordedMessage> candidate = new ArrayList<>(translations(NEW));
    for (int i = 0; i < 5; i++) {
      old.add(translated("gone" + i, "fr", "oui"));
    }

    List<Difference> differences =
        Comparer.compare(
                new RecordedOutcomes("old", old.iterator(), Recordings.AVRO, true),
                new RecordedOutcomes("new", candidate.iterator(), Recordings.AVRO, true),
                ReferenceTexts.NONE,
                2)
            .differences();

    List<String> worstFirst =
        IntStream.of(1, 2, 3)
            .boxed()
            .sorted(Comparator.comparingDouble(ComparerTest::chrf))
            .map(i -> "m" + i)
            .toList();
    assertThat(differences)
        .extracting(difference -> difference.pair().key().messageId())
        .containsExactly(worstFirst.get(0), worstFirst.get(1), "gone0", "gone1");
    assertThat(differences.get(0).chrf().getAsDouble())
        .isEqualTo(
            IntStream.of(1, 2, 3).mapToDouble(ComparerTest::chrf).min().orElseThrow(), ALMOST);
  }

  private static double chrf(int i) {
    return new Chrf().score(NEW.get(i), List.of(OLD.get(i)));
  }

  @Test
  void emptyTextsAreTextsToo() {
    Comparison comparison =
        compare(
            List.of(translated("1", "fr", ""), translated("2", "fr", "")),
            List.of(translated("1", "fr", ""), translated("2", "fr", "oui")));

    assertThat(comparison.count(OutcomeClass.IDENTICAL)).isEqualTo(1);
    assertThat(comparison.differences().get(0).chrf()).hasValue(0);
  }

  @Test
  void whatIsNoOutcomeIsRefused() {
    assertThatThrownBy(
            () ->
                compare(
                    translations(OLD),
                    List.of(record("chat", "Bonjour".getBytes(StandardCharsets.UTF_8)))))
        .isInstanceOf(ComparisonException.class)
        .hasMessageStartingWith(
            "new: record of chat, partition 0, offset 7: expected a translation")
        .hasMessageContaining("7 bytes starting with 42 6F");
    assertThatThrownBy(() -> compare(List.of(record("chat", null)), List.of()))
        .hasMessageEndingWith("actual: no value");
    assertThatThrownBy(() -> compare(List.of(), List.of()))
        .isInstanceOf(ComparisonException.class)
        .hasMessage("old, new: expected outcomes to compare, actual none");
  }

  @Test
  void failuresAloneHaveNoScores() {
    Comparison comparison = compare(List.of(failed("1", "fr")), List.of(failed("1", "fr")));

    assertThat(comparison.agreement()).isEmpty();
    assertThat(comparison.length()).isEmpty();
    assertThat(comparison.share(OutcomeClass.FAILED_BOTH)).isEqualTo(1);
  }

  @Test
  void referencesOfAnotherFormAreRefusedByLine() throws IOException {
    Path file = folder.resolve("references.tsv");
    Files.writeString(file, "m1\tfr\toui\nm2\tfr\n");

    assertThatThrownBy(() -> ReferenceTexts.read(file))
        .isInstanceOf(ComparisonException.class)
        .hasMessage(
            file
                + ", line 2: expected message id, target language and references, separated by"
                + " tabs, actual 2 fields");
    assertThatThrownBy(() -> ReferenceTexts.read(folder.resolve("none.tsv")))
        .hasMessageEndingWith("none.tsv: expected references, actual no such file");
  }

  private static List<RecordedMessage> translations(List<String> texts) {
    List<RecordedMessage> messages = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      messages.add(translated("m" + i, "fr", texts.get(i)));
    }
    return messages;
  }

  private static Comparison compare(List<RecordedMessage> old, List<RecordedMessage> candidate) {
    return compare(old, candidate, ReferenceTexts.NONE);
  }

  private static Comparison compare(
      List<RecordedMessage> old, List<RecordedMessage> candidate, ReferenceTexts references) {
    return Comparer.compare(
        new RecordedOutcomes("old", old.iterator(), Recordings.AVRO, true),
        new RecordedOutcomes("new", candidate.iterator(), Recordings.AVRO, true),
        references,
        10);
  }
}
