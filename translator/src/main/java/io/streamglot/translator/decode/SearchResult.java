package io.streamglot.translator.decode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The outputs of one search of T steps for B sentences with beam K, on the Java heap.
 *
 * @param steps T
 * @param sourceLengths [B]: tokens of each sentence; S is the largest
 * @param beam K
 * @param scores [B, K] row-major: normalised, best first
 * @param tokens [T, B, K] row-major: the token chosen at a step
 * @param parents [T, B, K] row-major: the hypothesis of the step before that it continues, 0 to K-1
 * @param attention [T, B, K, S] row-major: the share of each source token at that step, 0 at
 *     padding; absent if the model has none, or nobody asked for it
 * @param prefixes [B]: tokens that each sentence's hypotheses have before those of the steps
 * @param prefixAttention [P, B, S] row-major: likewise of those tokens, P of the longest prefix;
 *     absent as attention is, or if the model takes no prefix
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SearchResult(
    int steps,
    int[] sourceLengths,
    int beam,
    FloatBuffer scores,
    IntBuffer tokens,
    IntBuffer parents,
    Optional<FloatBuffer> attention,
    List<int[]> prefixes,
    Optional<FloatBuffer> prefixAttention) {

  /** The graph fills unused slots of the beam with -1e30; no log-probability comes near. */
  private static final float FILLER = -1e20f;

  private static final float[][] NO_ATTENTION = {};

  /**
   * Copies what ONNX Runtime returned.
   *
   * @throws DecodingException if the shapes are not those of such a search
   */
  static SearchResult read(OrtSession.Result result, SearchRequest request) {
    int[] sourceLengths = request.sources().stream().mapToInt(source -> source.length).toArray();
    int beam = request.beamSize();
    int sentences = sourceLengths.length;
    int width = longest(sourceLengths);
    OnnxTensor scores = tensor(result, GraphSignature.SCORES, sentences, beam);
    long steps = shape(result.get(GraphSignature.TOKENS).orElseThrow())[0];
    OnnxTensor tokens = tensor(result, GraphSignature.TOKENS, steps, sentences, beam);
    OnnxTensor parents = tensor(result, GraphSignature.PARENTS, steps, sentences, beam);
    int given = request.prefixes().stream().mapToInt(prefix -> prefix.length).max().orElse(0);
    return new SearchResult(
        Math.toIntExact(steps),
        sourceLengths,
        beam,
        scores.getFloatBuffer(),
        tokens.getIntBuffer(),
        parents.getIntBuffer(),
        shares(result, GraphSignature.ATTENTION, steps, sentences, beam, width),
        request.prefixes(),
        shares(result, GraphSignature.PREFIX_ATTENTION, given, sentences, width));
  }

  private static Optional<FloatBuffer> shares(
      OrtSession.Result result, String name, long... expected) {
    return result.get(name).isPresent()
        ? Optional.of(tensor(result, name, expected).getFloatBuffer())
        : Optional.empty();
  }

  /**
   * For each sentence its best hypotheses, best first, at least one and at most {@code count}.
   *
   * @throws DecodingException if a sentence has none, for the model computed no numbers
   */
  List<List<Hypothesis>> best(int count, int endId) {
    List<List<Hypothesis>> best = new ArrayList<>(sourceLengths.length);
    for (int sentence = 0; sentence < sourceLengths.length; sentence++) {
      List<Hypothesis> hypotheses = new ArrayList<>(count);
      for (int slot = 0; slot < Math.min(count, beam); slot++) {
        if (scores.get(sentence * beam + slot) > FILLER) {
          hypotheses.add(hypothesis(sentence, slot, endId));
        }
      }
      if (hypotheses.isEmpty()) {
        throw new DecodingException(
            "sentence %d of the batch: score: expected a number, actual %s"
                .formatted(sentence, scores.get(sentence * beam)),
            null);
      }
      best.add(List.copyOf(hypotheses));
    }
    return best;
  }

  /**
   * The hypotheses that are not finished before a step, of all sentences and steps together. A
   * sentence starts with one; a finished hypothesis repeats the end token in its slot.
   *
   * @param mostTokens [B]: of each sentence, at which its hypotheses are finished too
   */
  long liveRows(int[] mostTokens, int endId) {
    long rows = sourceLengths.length;
    for (int sentence = 0; sentence < sourceLengths.length; sentence++) {
      for (int step = 1; step < Math.min(steps, mostTokens[sentence]); step++) {
        int before = ((step - 1) * sourceLengths.length + sentence) * beam;
        for (int slot = before; slot < before + beam; slot++) {
          rows += tokens.get(slot) == endId ? 0 : 1;
        }
      }
    }
    return rows;
  }

  /** Walks the parents back from the last step, then cuts at the first end token. */
  private Hypothesis hypothesis(int sentence, int slot, int endId) {
    int[] places = new int[steps]; // in [T, B, K]
    int end = steps;
    int current = slot;
    for (int step = steps - 1; step >= 0; step--) {
      places[step] = (step * sourceLengths.length + sentence) * beam + current;
      if (tokens.get(places[step]) == endId) {
        end = step;
      }
      current = parents.get(places[step]);
    }
    int[] prefix = prefixes.get(sentence);
    int given = prefix.length;
    if (given > 0 && prefix[given - 1] == endId) {
      given--;
      end = 0;
    }
    int[] chosen = Arrays.copyOf(prefix, given + end);
    for (int step = 0; step < end; step++) {
      chosen[given + step] = tokens.get(places[step]);
    }
    return new Hypothesis(
        chosen,
        scores.get(sentence * beam + slot),
        attention.isPresent() ? rows(sentence, given, places, end) : NO_ATTENTION);
  }

  private float[][] rows(int sentence, int given, int[] places, int count) {
    int width = longest(sourceLengths);
    float[][] rows = new float[given + count][sourceLengths[sentence]];
    for (int step = 0; step < given; step++) {
      int place = step * sourceLengths.length + sentence;
      prefixAttention.orElseThrow().get(place * width, rows[step]);
    }
    for (int step = 0; step < count; step++) {
      attention.orElseThrow().get(places[step] * width, rows[given + step]);
    }
    return rows;
  }

  private static int longest(int[] lengths) {
    return Arrays.stream(lengths).max().orElseThrow();
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name, long... expected) {
    OnnxValue value = result.get(name).orElseThrow();
    if (!Arrays.equals(shape(value), expected)) {
      throw new DecodingException(
          "%s: shape: expected %s, actual %s"
              .formatted(name, Arrays.toString(expected), Arrays.toString(shape(value))),
          null);
    }
    return (OnnxTensor) value;
  }

  private static long[] shape(OnnxValue value) {
    return ((OnnxTensor) value).getInfo().getShape();
  }
}
