package io.streamglot.translator.decode;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of one search in native memory, where ONNX Runtime reads them without a copy. They are
 * filled again and again, and as large as the largest batch so far. For one thread at a time.
 */
final class InputBuffers implements AutoCloseable {

  private final OrtEnvironment environment;
  private final Set<String> names;
  private final LongBuffer beamSize = bytes(Long.BYTES).asLongBuffer();
  private final FloatBuffer lengthPenalty = bytes(Float.BYTES).asFloatBuffer();
  private final FloatBuffer maxLength = bytes(2 * Float.BYTES).asFloatBuffer();
  private final FloatBuffer pruning = bytes(Float.BYTES).asFloatBuffer();
  private final ByteBuffer withAttention = bytes(1);
  private final ByteBuffer withShortlist = bytes(1);
  private LongBuffer source = bytes(0).asLongBuffer();
  private IntBuffer sourceLength = bytes(0).asIntBuffer();

  /** A tensor does not own its memory: that is the buffer's, and the two live equally long. */
  private final Map<String, OnnxTensor> tensors = new HashMap<>();

  /**
   * The tensors of the options are made here, once: only what is in them changes.
   *
   * @param names the inputs that the graph has
   * @param shortlist whether it is to use its shortlist
   */
  InputBuffers(OrtEnvironment environment, Set<String> names, boolean shortlist)
      throws OrtException {
    this.environment = environment;
    this.names = names;
    put(GraphSignature.BEAM_SIZE, OnnxTensor.createTensor(environment, beamSize, shape(1)));
    put(
        GraphSignature.LENGTH_PENALTY,
        OnnxTensor.createTensor(environment, lengthPenalty, shape()));
    put(GraphSignature.MAX_LENGTH, OnnxTensor.createTensor(environment, maxLength, shape(2)));
    put(GraphSignature.PRUNING, OnnxTensor.createTensor(environment, pruning, shape()));
    put(GraphSignature.WITH_ATTENTION, truth(withAttention));
    put(GraphSignature.WITH_SHORTLIST, truth(withShortlist));
    withShortlist.put(0, (byte) (shortlist ? 1 : 0));
  }

  private OnnxTensor truth(ByteBuffer value) throws OrtException {
    return OnnxTensor.createTensor(environment, value, shape(), OnnxJavaType.BOOL);
  }

  /**
   * Writes a batch, padded to its longest sentence.
   *
   * @param sources token ids, at least one sentence
   * @param attention whether the graph is to give it
   * @return the inputs of the graph, by name; valid until the next call, and nobody else closes
   *     them
   */
  Map<String, OnnxTensor> fill(
      List<int[]> sources, int padId, SearchOptions options, boolean attention)
      throws OrtException {
    beamSize.put(0, options.beamSize());
    lengthPenalty.put(0, options.lengthPenalty());
    maxLength.put(0, options.maxLengthFactor()).put(1, options.maxLengthOffset());
    pruning.put(0, options.nBest() == 1 ? options.pruning() : 0);
    withAttention.put(0, (byte) (attention ? 1 : 0));
    int sentences = sources.size();
    int longest = 0;
    for (int[] sentence : sources) {
      longest = Math.max(longest, sentence.length);
    }
    reserve(sentences, Math.multiplyExact(sentences, longest));
    for (int[] sentence : sources) {
      sourceLength.put(sentence.length);
      for (int j = 0; j < longest; j++) {
        source.put(j < sentence.length ? sentence[j] : padId);
      }
    }
    source.flip();
    sourceLength.flip();
    put(
        GraphSignature.SOURCE,
        OnnxTensor.createTensor(environment, source, shape(sentences, longest)));
    put(
        GraphSignature.SOURCE_LENGTH,
        OnnxTensor.createTensor(environment, sourceLength, shape(sentences)));
    return tensors;
  }

  /** Releases the tensors. */
  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
  }

  private void reserve(int sentences, int tokens) {
    if (sourceLength.capacity() < sentences) {
      sourceLength = bytes(Math.multiplyExact(sentences, Integer.BYTES)).asIntBuffer();
    }
    if (source.capacity() < tokens) {
      source = bytes(Math.multiplyExact(tokens, Long.BYTES)).asLongBuffer();
    }
    sourceLength.clear();
    source.clear();
  }

  /** Keeps the tensor, if the graph has such an input. */
  private void put(String name, OnnxTensor tensor) {
    if (!names.contains(name)) {
      tensor.close();
      return;
    }
    OnnxTensor previous = tensors.put(name, tensor);
    if (previous != null) {
      previous.close();
    }
  }

  private static long[] shape(long... sizes) {
    return sizes;
  }

  /** Other than direct memory in the order of the machine would be copied. */
  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }
}
