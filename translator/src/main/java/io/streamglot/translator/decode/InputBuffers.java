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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of one search in native memory, where ONNX Runtime reads them without a copy. They are
 * filled again and again, and as large as the largest batch so far. For one thread at a time.
 */
final class InputBuffers implements AutoCloseable {

  private static final int NO_TOKEN = -1;

  /** Its values are not used. */
  private static final Sampling NO_SAMPLING = new Sampling(0);

  private final OrtEnvironment environment;
  private final Set<String> names;
  private final LongBuffer beamSize = bytes(Long.BYTES).asLongBuffer();
  private final FloatBuffer lengthPenalty = bytes(Float.BYTES).asFloatBuffer();
  private final FloatBuffer maxLength = bytes(2 * Float.BYTES).asFloatBuffer();
  private final FloatBuffer pruning = bytes(Float.BYTES).asFloatBuffer();
  private final ByteBuffer withAttention = bytes(1);
  private final ByteBuffer withShortlist = bytes(1);
  private final FloatBuffer temperature = bytes(Float.BYTES).asFloatBuffer();
  private final LongBuffer topK = bytes(Long.BYTES).asLongBuffer();
  private final FloatBuffer topP = bytes(Float.BYTES).asFloatBuffer();
  private LongBuffer source = bytes(0).asLongBuffer();
  private IntBuffer sourceLength = bytes(0).asIntBuffer();
  private LongBuffer prefix = bytes(0).asLongBuffer();
  private FloatBuffer uniform = bytes(0).asFloatBuffer();

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
    put(GraphSignature.TEMPERATURE, OnnxTensor.createTensor(environment, temperature, shape()));
    put(GraphSignature.TOP_K, OnnxTensor.createTensor(environment, topK, shape(1)));
    put(GraphSignature.TOP_P, OnnxTensor.createTensor(environment, topP, shape()));
    withShortlist.put(0, (byte) (shortlist ? 1 : 0));
  }

  private OnnxTensor truth(ByteBuffer value) throws OrtException {
    return OnnxTensor.createTensor(environment, value, shape(), OnnxJavaType.BOOL);
  }

  /**
   * Writes a batch, padded to its longest sentence.
   *
   * @param request at least one sentence
   * @return the inputs of the graph, by name; valid until the next call, and nobody else closes
   *     them
   */
  Map<String, OnnxTensor> fill(SearchRequest request, int padId) throws OrtException {
    SearchOptions options = request.options();
    beamSize.put(0, request.beamSize());
    lengthPenalty.put(0, options.lengthPenalty());
    maxLength.put(0, options.maxLengthFactor()).put(1, options.maxLengthOffset());
    pruning.put(0, request.nBest() == 1 ? options.pruning() : 0);
    withAttention.put(0, (byte) (request.attention() ? 1 : 0));
    fillSources(request.sources(), padId);
    fillPrefixes(request.prefixes());
    fillLots(request);
    return tensors;
  }

  private void fillSources(List<int[]> sources, int padId) throws OrtException {
    int sentences = sources.size();
    int longest = longest(sources);
    if (sourceLength.capacity() < sentences) {
      sourceLength = bytes(Math.multiplyExact(sentences, Integer.BYTES)).asIntBuffer();
    }
    sourceLength.clear();
    for (int[] sentence : sources) {
      sourceLength.put(sentence.length);
    }
    sourceLength.flip();
    source = filled(source, sources, longest, padId);
    put(
        GraphSignature.SOURCE,
        OnnxTensor.createTensor(environment, source, shape(sentences, longest)));
    put(
        GraphSignature.SOURCE_LENGTH,
        OnnxTensor.createTensor(environment, sourceLength, shape(sentences)));
  }

  private void fillPrefixes(List<int[]> prefixes) throws OrtException {
    int longest = longest(prefixes);
    prefix = filled(prefix, prefixes, longest, NO_TOKEN);
    put(
        GraphSignature.PREFIX,
        OnnxTensor.createTensor(environment, prefix, shape(prefixes.size(), longest)));
  }

  private void fillLots(SearchRequest request) throws OrtException {
    int sentences = request.sources().size();
    Sampling sampling = request.sampling().orElse(NO_SAMPLING);
    int count = request.drawsLots() ? Arrays.stream(request.limits()).max().orElseThrow() : 0;
    temperature.put(0, sampling.temperature());
    topK.put(0, sampling.topK() == 0 ? Integer.MAX_VALUE : sampling.topK());
    topP.put(0, sampling.topP());
    int lots = Math.multiplyExact(sentences, count);
    if (uniform.capacity() < lots) {
      uniform = bytes(Math.multiplyExact(lots, Float.BYTES)).asFloatBuffer();
    }
    uniform.clear();
    for (int i = 0; i < sentences && count > 0; i++) {
      uniform.put(sampling.lots(request.sources().get(i), count));
    }
    uniform.flip();
    put(
        GraphSignature.UNIFORM,
        OnnxTensor.createTensor(environment, uniform, shape(sentences, count)));
  }

  /** Releases the tensors. */
  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
  }

  /** The rows, padded to a width; in a new buffer if they do not fit into this one. */
  private static LongBuffer filled(LongBuffer buffer, List<int[]> rows, int width, int filler) {
    int size = Math.multiplyExact(rows.size(), width);
    LongBuffer fitting =
        buffer.capacity() < size
            ? bytes(Math.multiplyExact(size, Long.BYTES)).asLongBuffer()
            : buffer.clear();
    for (int[] row : rows) {
      for (int j = 0; j < width; j++) {
        fitting.put(j < row.length ? row[j] : filler);
      }
    }
    return fitting.flip();
  }

  private static int longest(List<int[]> rows) {
    int longest = 0;
    for (int[] row : rows) {
      longest = Math.max(longest, row.length);
    }
    return longest;
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
