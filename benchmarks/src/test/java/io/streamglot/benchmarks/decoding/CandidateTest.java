package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderDevice;
import io.streamglot.translator.decode.DecoderSettings;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateTest {

  private static final RunSettings CELL = new RunSettings(16, 4, 2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          models/en-fr                          | 16 | 4 | 2
          models/en-fr,beam=1                   | 16 | 1 | 2
          models/en-fr,threads=3,beam=5,batch=7 |  7 | 5 | 3
          """)
  void settingsOfTheSpecReplaceThoseOfTheCell(String spec, int batch, int beam, int threads) {
    Candidate candidate = Candidate.parse(spec);

    assertThat(candidate.folder()).isEqualTo(Path.of("models/en-fr"));
    assertThat(candidate.spec()).isEqualTo(spec);
    assertThat(candidate.in(CELL)).isEqualTo(new RunSettings(batch, beam, threads));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,beam=1             | candidate: expected DIR[,KEY=VALUE..], actual ',beam=1'
          model,              | setting: expected KEY=VALUE, actual ''
          model,beam          | setting: expected KEY=VALUE, actual 'beam'
          model,bean=4        | setting: expected one of batch, beam, threads, device, hypotheses, shortlist, pruning, actual 'bean'
          model,beam=wide     | beam: expected a whole number, actual 'wide'
          model,beam=65       | beam: expected 1 to 64, actual 65
          model,threads=0     | threads: expected 1 to 256, actual 0
          model,batch=4097    | batch: expected 1 to 4096, actual 4097
          model,hypotheses=0  | hypotheses: expected at least 1, actual 0
          model,shortlist=no  | shortlist: expected on or off, actual 'no'
          model,pruning=1     | pruning: expected 0 to below 1, actual 1.0
          model,pruning=much  | pruning: expected a number, actual 'much'
          model,device=gpu    | device: expected cpu, cuda:N (N from 0) or auto, actual 'gpu'
          model,beam=1,beam=2 | beam: expected once, actual twice in 'model,beam=1,beam=2'
          """)
  void refusesWhatIsNoSpec(String spec, String message) {
    assertThatThrownBy(() -> Candidate.parse(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void opensItsDecoderAsServingDoesUnlessTheSpecSaysOtherwise() {
    assertThat(Candidate.parse("model").in(CELL).decoder()).isEqualTo(DecoderSettings.DEFAULT);
    assertThat(Candidate.parse("model,device=cuda:1,hypotheses=256,shortlist=off").in(CELL))
        .isEqualTo(
            CELL.withDecoder(
                DecoderSettings.DEFAULT
                    .withDevice(DecoderDevice.cuda(1))
                    .withHypotheses(256)
                    .withShortlist(false)));
  }

  @Test
  void searchesAsTheBundleDoesUnlessTheSpecSaysOtherwise() {
    SearchOptions bundled = new SearchOptions(8, 8, 0.5f, 2, 10, 0.8f);

    assertThat(Candidate.parse("model").in(CELL).search(bundled))
        .isEqualTo(new SearchOptions(4, 1, 0.5f, 2, 10, 0.8f));
    assertThat(Candidate.parse("model,pruning=0").in(CELL).search(bundled))
        .isEqualTo(new SearchOptions(4, 1, 0.5f, 2, 10, 0));
  }

  @Test
  void refusesSettingsThatACommandDoesNotHeed() {
    Candidate candidate = Candidate.parse("model,beam=1,threads=2");

    assertThat(candidate.allowing(Set.of(SpecKey.THREADS, SpecKey.BEAM))).isSameAs(candidate);
    assertThatThrownBy(() -> candidate.allowing(Set.of(SpecKey.BEAM, SpecKey.BATCH)))
        .hasMessage(
            "model,beam=1,threads=2: settings: expected none but batch, beam, actual threads");
  }
}
