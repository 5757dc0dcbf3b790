package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InputBuffersTest {

  private static final SearchOptions OPTIONS = new SearchOptions(4, 2, 0.5f, 1.5f, 8);
  private static final int PAD = 9;

  private static final Set<String> NAMES =
      Set.of(
          "source",
          "source_length",
          "beam_size",
          "length_penalty",
          "max_length",
          "pruning",
          "with_attention",
          "with_shortlist");

  private InputBuffers buffers;

  @BeforeEach
  void open() throws OrtException {
    buffers = new InputBuffers(OrtEnvironment.getEnvironment(), NAMES, true);
  }

  @AfterEach
  void close() {
    buffers.close();
  }

  @Test
  void padsABatchToItsLongestSentence() throws OrtException {
    assertBatch(
        fill(new int[] {1, 3}, new int[] {5, 6, 7, 3}, new int[] {3}),
        new long[][] {{1, 3, PAD, PAD}, {5, 6, 7, 3}, {3, PAD, PAD, PAD}},
        new int[] {2, 4, 1});
  }

  @Test
  void leavesNothingOfALargerBatchInASmallerOne() throws OrtException {
    fill(new int[] {1, 2, 3, 4, 5}, new int[] {1, 2, 3, 4, 5}, new int[] {1});

    assertBatch(
        fill(new int[] {7}, new int[] {8, 3}), new long[][] {{7, PAD}, {8, 3}}, new int[] {1, 2});
  }

  @Test
  void growsToALargerBatch() throws OrtException {
    fill(new int[] {7});

    assertBatch(
        fill(new int[] {1, 2, 3}, new int[] {4, 5, 3}),
        new long[][] {{1, 2, 3}, {4, 5, 3}},
        new int[] {3, 3});
  }

  @Test
  void givesTheOptionsOfEachSearch() throws OrtException {
    fill(new int[] {3});
    Map<String, OnnxTensor> inputs =
        buffers.fill(List.of(new int[] {3}), PAD, new SearchOptions(7, 1, 2, 3, 20, 0.5f), true);

    assertThat(inputs.get("beam_size").getLongBuffer().array()).containsExactly(7);
    assertThat(inputs.get("length_penalty").getFloatBuffer().array()).containsExactly(2);
    assertThat(inputs.get("max_length").getFloatBuffer().array()).containsExactly(3, 20);
    assertThat(inputs.get("pruning").getValue()).isEqualTo(0.5f);
    assertThat(inputs.get("with_attention").getValue()).isEqualTo(true);
    assertThat(inputs.get("with_shortlist").getValue()).isEqualTo(true);
  }

  @Test
  void holdsTheOnlyCopy() throws OrtException {
    assertThat(fill(new int[] {1, 3}).values())
        .hasSize(NAMES.size())
        .noneMatch(OnnxTensor::ownsBuffer);
  }

  @Test
  void prunesNoSearchForSeveralHypotheses() throws OrtException {
    SearchOptions best = new SearchOptions(4, 1, 1, 2, 10, 0.8f);

    assertThat(fill(best).get("pruning").getValue()).isEqualTo(0.8f);
    assertThat(fill(best.withNBest(2)).get("pruning").getValue()).isEqualTo(0f);
  }

  @Test
  void leavesOutWhatTheGraphDoesNotTake() throws OrtException {
    Set<String> first = Set.of("source", "source_length");
    try (InputBuffers old = new InputBuffers(OrtEnvironment.getEnvironment(), first, true)) {
      assertThat(old.fill(List.of(new int[] {3}), PAD, OPTIONS, false)).containsOnlyKeys(first);
    }
  }

  private Map<String, OnnxTensor> fill(SearchOptions options) throws OrtException {
    return buffers.fill(List.of(new int[] {3}), PAD, options, false);
  }

  private Map<String, OnnxTensor> fill(int[]... sources) throws OrtException {
    return buffers.fill(List.of(sources), PAD, OPTIONS, false);
  }

  private static void assertBatch(
      Map<String, OnnxTensor> inputs, long[][] source, int[] sourceLength) throws OrtException {
    assertThat(inputs.get("source").getValue()).isEqualTo(source);
    assertThat(inputs.get("source_length").getValue()).isEqualTo(sourceLength);
  }
}
