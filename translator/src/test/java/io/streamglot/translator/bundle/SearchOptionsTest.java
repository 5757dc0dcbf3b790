package io.streamglot.translator.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | 1 | 1    | 1   | 0   | beam size: expected 1 to 64, actual 0",
        "65 | 1 | 1    | 1   | 0   | beam size: expected 1 to 64, actual 65",
        "4  | 0 | 1    | 1   | 0   | n-best: expected 1 to the beam size 4, actual 0",
        "4  | 5 | 1    | 1   | 0   | n-best: expected 1 to the beam size 4, actual 5",
        "4  | 1 | -0.1 | 1   | 0   | length penalty: expected 0 to 2, actual -0.1",
        "4  | 1 | 2.1  | 1   | 0   | length penalty: expected 0 to 2, actual 2.1",
        "4  | 1 | NaN  | 1   | 0   | length penalty: expected 0 to 2, actual NaN",
        "4  | 1 | 1    | 0   | 0   | maximum length factor: expected above 0, at most 10, actual 0.0",
        "4  | 1 | 1    | NaN | 0   | maximum length factor: expected above 0, at most 10, actual NaN",
        "4  | 1 | 1    | 1   | -1  | maximum length offset: expected 0 to 200, actual -1",
        "4  | 1 | 1    | 1   | 201 | maximum length offset: expected 0 to 200, actual 201",
      })
  void refusesWhatIsOutOfRange(
      int beam, int nBest, float penalty, float factor, int offset, String message) {
    assertThatThrownBy(() -> new SearchOptions(beam, nBest, penalty, factor, offset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void keepsTheBeamAtLeastAsWideAsTheList() {
    SearchOptions options = new SearchOptions(4, 3, 1, 1.5f, 8);

    assertThat(options.withBeamSize(2)).isEqualTo(new SearchOptions(2, 2, 1, 1.5f, 8));
    assertThat(options.withBeamSize(8)).isEqualTo(new SearchOptions(8, 3, 1, 1.5f, 8));
    assertThat(options.withNBest(6)).isEqualTo(new SearchOptions(6, 6, 1, 1.5f, 8));
    assertThat(options.withNBest(1)).isEqualTo(new SearchOptions(4, 1, 1, 1.5f, 8));
  }
}
