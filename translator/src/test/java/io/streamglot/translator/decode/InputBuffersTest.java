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
          "with_shortlist",
          "prefix",
          "uniform",
          "temperature",
          "top_k",
          "top_p");

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
        buffers.fill(
            new SearchRequest(List.of(new int[] {3}), new SearchOptions(7, 1, 2, 3, 20, 0.5f))
                .withAttention(),
            PAD);

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
  void padsPrefixesWithMinusOne() throws OrtException {
    SearchRequest request =
        new SearchRequest(List.of(new int[] {3}, new int[] {3}, new int[] {3}), OPTIONS);
    Map<String, OnnxTensor> inputs =
        buffers.fill(
            request.withPrefixes(List.of(new int[] {5}, new int[0], new int[] {6, 7})), PAD);

    assertThat(inputs.get("prefix").getValue()).isEqualTo(new long[][] {{5, -1}, {-1, -1}, {6, 7}});
    assertThat(buffers.fill(request, PAD).get("prefix").getInfo().getShape()).containsExactly(3, 0);
  }

  @Test
  void givesALotForEachTokenThatTheLongestSentenceMayGet() throws OrtException {
    Sampling sampling = new Sampling(0.5f, 0, 0.9f, 17);
    SearchRequest request =
        new SearchRequest(List.of(new int[] {3}, new int[] {8, 3}), OPTIONS).withSampling(sampling);
    Map<String, OnnxTensor> inputs = buffers.fill(request, PAD);

    assertThat(inputs.get("beam_size").getLongBuffer().array()).containsExactly(1);
    assertThat(inputs.get("temperature").getValue()).isEqualTo(0.5f);
    assertThat(inputs.get("top_k").getLongBuffer().array()).containsExactly(Integer.MAX_VALUE);
    assertThat(inputs.get("top_p").getValue()).isEqualTo(0.9f);
    assertThat(inputs.get("uniform").getValue())
        .isEqualTo(
            new float[][] {sampling.lots(new int[] {3}, 11), sampling.lots(new int[] {8, 3}, 11)});
  }

  @Test
  void givesNoLotsWhereThereIsNothingToChoose() throws OrtException {
    SearchRequest request = new SearchRequest(List.of(new int[] {3}), OPTIONS);
    for (SearchRequest each :
        List.of(
            request,
            request.withSampling(new Sampling(0, 0, 1, 1)),
            request.withSampling(new Sampling(1, 1, 1, 1)))) {
      assertThat(buffers.fill(each, PAD).get("uniform").getInfo().getShape()).containsExactly(1, 0);
    }
  }

  @Test
  void leavesOutWhatTheGraphDoesNotTake() throws OrtException {
    Set<String> first = Set.of("source", "source_length");
    try (InputBuffers old = new InputBuffers(OrtEnvironment.getEnvironment(), first, true)) {
      assertThat(old.fill(new SearchRequest(List.of(new int[] {3}), OPTIONS), PAD))
          .containsOnlyKeys(first);
    }
  }

  private Map<String, OnnxTensor> fill(SearchOptions options) throws OrtException {
    return buffers.fill(new SearchRequest(List.of(new int[] {3}), options), PAD);
  }

  private Map<String, OnnxTensor> fill(int[]... sources) throws OrtException {
    return buffers.fill(new SearchRequest(List.of(sources), OPTIONS), PAD);
  }

  private static void assertBatch(
      Map<String, OnnxTensor> inputs, long[][] source, int[] sourceLength) throws OrtException {
    assertThat(inputs.get("source").getValue()).isEqualTo(source);
    assertThat(inputs.get("source_length").getValue()).isEqualTo(sourceLength);
  }
}
