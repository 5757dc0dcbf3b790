package io.streamglot.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"90s, PT90S", "30m, PT30M", "12h, PT12H", "7d, P7D", "999999999d, P999999999D"})
  void aNumberWithAUnitIsADuration(String text, Duration duration) {
    assertThat(Retention.parse(text)).contains(new Retention(duration.toMillis()));
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"", "7", "d", "0d", "-1d", "1.5h", "7D", "7 d", "P7D", "1w", "Forever"})
  void anythingElseIsNone(String text) {
    assertThat(Retention.parse(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0} shorter than {1}: {2}")
  @CsvSource({
    "1d, 2d, true",
    "2d, 1d, false",
    "24h, 1d, false",
    "1d, forever, true",
    "forever, 999999d, false",
    "forever, forever, false"
  })
  void foreverIsLongerThanAnyNumber(String one, String other, boolean shorter) {
    assertThat(retention(one).isShorterThan(retention(other))).isEqualTo(shorter);
  }

  private static Retention retention(String text) {
    return Retention.parse(text).orElseThrow();
  }
}
