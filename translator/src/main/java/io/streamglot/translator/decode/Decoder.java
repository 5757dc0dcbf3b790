package io.streamglot.translator.decode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the best target sentences for source sentences, with the ONNX graph of a bundle.
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while another thread is inside.
 */
public final class Decoder implements AutoCloseable {

  /** One for the whole process; it is never closed. */
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final Limits limits;
  private boolean closed;

  private Decoder(OrtSession session, Limits limits) {
    this.session = session;
    this.limits = limits;
  }

  /**
   * Loads the graph of a bundle and checks names, types and shapes of its inputs and outputs.
   *
   * @throws BundleFormatException if ONNX Runtime does not load the graph, or it has another
   *     signature
   */
  public static Decoder open(ModelBundle bundle, DecoderSettings settings)
      throws BundleFormatException {
    try (SessionOptions options = sessionOptions(settings)) {
      OrtSession session = ENVIRONMENT.createSession(bundle.modelFile().toString(), options);
      try {
        GraphSignature.verify(session);
      } catch (BundleFormatException | OrtException e) {
        session.close();
        throw e;
      }
      return new Decoder(session, bundle.manifest().limits());
    } catch (OrtException e) {
      throw new BundleFormatException(
          ModelBundle.MODEL,
          "graph",
          "one that ONNX Runtime " + ENVIRONMENT.getVersion() + " loads",
          e.getMessage(),
          e);
    }
  }

  /**
   * Searches for all sentences in one run of the graph. The result for a sentence does not depend
   * on the others; the time does: sentences of like length are the quickest.
   *
   * @param sources token ids of each sentence with the end token last; at least one id each, of the
   *     bundle's vocabulary; may be empty
   * @param options how to search
   * @return for each sentence its hypotheses, best first: {@link SearchOptions#nBest} of them,
   *     fewer only where the search has fewer
   * @throws IllegalArgumentException if a sentence is empty or has an id outside the vocabulary
   * @throws IllegalStateException if the decoder is closed
   * @throws DecodingException if ONNX Runtime fails
   */
  public List<List<Hypothesis>> decode(List<int[]> sources, SearchOptions options) {
    sources.forEach(this::check);
    if (sources.isEmpty()) {
      return List.of();
    }
    int longest = sources.stream().mapToInt(source -> source.length).max().getAsInt();
    int[] lengths = sources.stream().mapToInt(source -> source.length).toArray();
    long[] padded = new long[sources.size() * longest];
    Arrays.fill(padded, limits.padId());
    for (int i = 0; i < sources.size(); i++) {
      for (int j = 0; j < lengths[i]; j++) {
        padded[i * longest + j] = sources.get(i)[j];
      }
    }
    float[] maxLength = {options.maxLengthFactor(), options.maxLengthOffset()};
    try (OnnxTensor source = tensor(padded, sources.size(), longest);
        OnnxTensor sourceLength =
            OnnxTensor.createTensor(
                ENVIRONMENT, IntBuffer.wrap(lengths), new long[] {sources.size()});
        OnnxTensor beamSize = tensor(new long[] {options.beamSize()}, 1);
        OnnxTensor lengthPenalty = tensor(new float[] {options.lengthPenalty()});
        OnnxTensor maximumLength = tensor(maxLength, 2);
        OrtSession.Result result =
            session.run(
                Map.of(
                    GraphSignature.SOURCE, source,
                    GraphSignature.SOURCE_LENGTH, sourceLength,
                    GraphSignature.BEAM_SIZE, beamSize,
                    GraphSignature.LENGTH_PENALTY, lengthPenalty,
                    GraphSignature.MAX_LENGTH, maximumLength))) {
      return SearchResult.read(result, lengths, options.beamSize())
          .best(options.nBest(), limits.endId());
    } catch (OrtException e) {
      throw new DecodingException(
          "ONNX Runtime failed on %d sentences of at most %d tokens: %s"
              .formatted(sources.size(), longest, e.getMessage()),
          e);
    }
  }

  /** Releases the native memory. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      session.close();
    } catch (OrtException e) {
      throw new DecodingException("ONNX Runtime failed to close a session: " + e.getMessage(), e);
    }
  }

  private static SessionOptions sessionOptions(DecoderSettings settings) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(settings.intraOpThreads());
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // Planned memory fits one shape only, and every batch has another.
    options.setMemoryPatternOptimization(false);
    // Warnings are about optimisations that did not apply, nothing a user can act on.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }

  private void check(int[] source) {
    if (source.length == 0) {
      throw new IllegalArgumentException(
          "source length: expected at least the end token, actual 0");
    }
    for (int id : source) {
      if (id < 0 || id >= limits.vocabularySize()) {
        throw new IllegalArgumentException(
            "source token: expected an id of 0 to %d, actual %d"
                .formatted(limits.vocabularySize() - 1, id));
      }
    }
  }

  private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values), shape);
  }

  private static OnnxTensor tensor(float[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape);
  }
}
