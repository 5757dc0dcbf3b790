package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.benchmarks.decoding.Workload.Order;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model that ships and real text. */
class DecodeBenchmarkTest {

  private static final String SHIPPED = "../models/en-fr";
  private static final Path DEV =
      Path.of("../training/src/test/resources/tatoeba-en-fr/dev.tsv.gz");

  private static List<LoadedModel> models;
  private static List<String> texts;

  @BeforeAll
  static void open() throws IOException {
    models =
        List.of(
            LoadedModel.open(Candidate.parse(SHIPPED), DecoderSettings.DEFAULT),
            LoadedModel.open(
                Candidate.parse(SHIPPED + ",beam=1,threads=2"), DecoderSettings.DEFAULT));
    texts = SourceTexts.read(DEV).subList(0, 50);
  }

  @AfterAll
  static void close() {
    models.forEach(LoadedModel::close);
  }

  @Test
  void everyCandidateDecodesEverySentenceInEachRound() throws IOException {
    Workload workload = Workload.of(texts, models, Order.SORTED);

    List<Measurement> found =
        new DecodeBenchmark(models, workload, 2).measure(new RunSettings(16, 4, 1));

    assertThat(found).extracting(Measurement::candidate).containsExactly(0, 1);
    assertThat(found)
        .extracting(Measurement::settings)
        .containsExactly(new RunSettings(16, 4, 1), new RunSettings(16, 1, 2));
    assertThat(found)
        .allSatisfy(
            each -> {
              assertThat(each.sentences()).isEqualTo(50);
              assertThat(each.rounds()).hasSize(2);
              assertThat(each.rounds())
                  .allSatisfy(
                      round ->
                          assertThat(round.batchMillis()).hasSize(4).allMatch(millis -> millis > 0))
                  .allMatch(round -> round.seconds() > 0);
            });
  }

  @Test
  void countsTokensAndWhatIsTheSameAsTheFirstCandidates() throws IOException {
    Workload workload = Workload.of(texts, models, Order.FILE);
    long tokens = 0;
    int same = 0;
    for (int[] sentence : workload.ids().get(0)) {
      int[] wide = best(sentence, 4);
      int[] greedy = best(sentence, 1);
      tokens += greedy.length;
      same += Arrays.equals(wide, greedy) ? 1 : 0;
    }

    List<Measurement> found =
        new DecodeBenchmark(models, workload, 1).measure(new RunSettings(1, 4, 1));

    assertThat(found.get(0).same()).isEqualTo(50);
    assertThat(found.get(1).same()).isEqualTo(same).isBetween(1, 49);
    assertThat(found.get(1).targetTokens()).isEqualTo(tokens);
  }

  private static int[] best(int[] sentence, int beam) {
    return models
        .get(0)
        .best(List.of(sentence), models.get(0).search(RunSettings.PLAIN.withBeam(beam)))
        .get(0);
  }

  @Test
  void sortsByLengthOrKeepsTheOrderOfTheFile() throws IOException {
    Workload sorted = Workload.of(texts, models, Order.SORTED);
    Workload asIs = Workload.of(texts, models, Order.FILE);

    assertThat(sorted.ids().get(0)).extracting(ids -> -ids.length).isSorted();
    assertThat(asIs.ids().get(0))
        .containsExactlyElementsOf(texts.stream().map(models.get(0)::encode).toList());
    assertThat(sorted.sourceTokens(1)).isEqualTo(asIs.sourceTokens(0));
    assertThat(sorted.batches(0, 16)).extracting(List::size).containsExactly(16, 16, 16, 2);
  }

  @Test
  void leavesOutWhatAModelDoesNotTakeWhole() throws IOException {
    String tooLong = "The cat sleeps. ".repeat(40);

    assertThat(Workload.of(List.of(tooLong, "The cat sleeps."), models, Order.FILE).sentences())
        .isEqualTo(1);
    assertThatThrownBy(() -> Workload.of(List.of(tooLong), models, Order.FILE))
        .isInstanceOf(IOException.class)
        .hasMessage("texts that the model takes whole: expected at least 1, actual 0");
  }
}
