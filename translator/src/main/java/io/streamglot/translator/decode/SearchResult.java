package io.streamglot.translator.decode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outputs of one search of T steps for B sentences with beam K, on the Java heap.
 *
 * @param steps T
 * @param sentences B
 * @param beam K
 * @param scores [B, K] row-major: normalised, best first
 * @param tokens [T, B, K] row-major: the token chosen at a step
 * @param parents [T, B, K] row-major: the hypothesis of the step before that it continues, 0 to K-1
 * @param alignment [T, B, K] row-major: the source position with the most attention at that step
 */
record SearchResult(
    int steps,
    int sentences,
    int beam,
    FloatBuffer scores,
    IntBuffer tokens,
    IntBuffer parents,
    IntBuffer alignment) {

  /** The graph fills unused slots of the beam with -1e30; no log-probability comes near. */
  private static final float FILLER = -1e20f;

  /**
   * Copies what ONNX Runtime returned.
   *
   * @throws DecodingException if the shapes are not those of such a search
   */
  static SearchResult read(OrtSession.Result result, int sentences, int beam) {
    OnnxTensor scores = tensor(result, GraphSignature.SCORES, sentences, beam);
    long[] shape = result.get(GraphSignature.TOKENS).map(SearchResult::shape).orElseThrow();
    OnnxTensor tokens = tensor(result, GraphSignature.TOKENS, shape[0], sentences, beam);
    OnnxTensor parents = tensor(result, GraphSignature.PARENTS, shape[0], sentences, beam);
    OnnxTensor alignment = tensor(result, GraphSignature.ALIGNMENT, shape[0], sentences, beam);
    return new SearchResult(
        Math.toIntExact(shape[0]),
        sentences,
        beam,
        scores.getFloatBuffer(),
        tokens.getIntBuffer(),
        parents.getIntBuffer(),
        alignment.getIntBuffer());
  }

  /**
   * For each sentence its best hypotheses, best first, at least one and at most {@code count}.
   *
   * @throws DecodingException if a sentence has none, for the model computed no numbers
   */
  List<List<Hypothesis>> best(int count, int endId) {
    List<List<Hypothesis>> best = new ArrayList<>(sentences);
    for (int sentence = 0; sentence < sentences; sentence++) {
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

  /** Walks the parents back from the last step, then cuts at the first end token. */
  private Hypothesis hypothesis(int sentence, int slot, int endId) {
    Integer[] path = new Integer[steps];
    Integer[] positions = new Integer[steps];
    int end = steps;
    int current = slot;
    for (int step = steps - 1; step >= 0; step--) {
      int index = (step * sentences + sentence) * beam + current;
      path[step] = tokens.get(index);
      positions[step] = alignment.get(index);
      if (path[step] == endId) {
        end = step;
      }
      current = parents.get(index);
    }
    return new Hypothesis(
        List.of(path).subList(0, end),
        scores.get(sentence * beam + slot),
        List.of(positions).subList(0, end));
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
