package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenSampleTest {

  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  @Test
  void takesFromAllOverTheList() {
    assertThat(EvenSample.of(TEN, 3)).containsExactly(0, 3, 6);
    assertThat(EvenSample.of(TEN, 5)).containsExactly(0, 2, 4, 6, 8);
  }

  @Test
  void takesAllIfThereAreNoMore() {
    assertThat(EvenSample.of(TEN, 10)).isEqualTo(TEN);
    assertThat(EvenSample.of(TEN, 200)).isEqualTo(TEN);
    assertThat(EvenSample.of(List.of(), 3)).isEmpty();
  }
}
