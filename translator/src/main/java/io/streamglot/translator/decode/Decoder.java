package io.streamglot.translator.decode;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Finds the best target sentences for source sentences, with the ONNX graph of a bundle.
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while another thread is inside.
 */
public final class Decoder implements AutoCloseable {

  /** One for the whole process; it is never closed. What it would log, its exceptions say. */
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);

  private static final Set<String> WITHOUT_ATTENTION =
      Set.of(GraphSignature.SCORES, GraphSignature.TOKENS, GraphSignature.PARENTS);

  /**
   * Of a processor: what a step computes for so many hypotheses, and the output layer, fit its
   * caches. Four times as many took a fifth more time, in floating point, and a third, in integers.
   */
  private static final int HYPOTHESES_ON_CPU = 64;

  /** Of CUDA: bounds its memory. */
  private static final int HYPOTHESES_ON_CUDA = 1024;

  private final Lanes lanes;
  private final int hypotheses;
  private final Limits limits;

  /**
   * One for each search at once, so that the setting bounds processors and memory however many
   * callers there are, such as the threads of Kafka Streams. It costs nothing: eight callers on two
   * processors get as much done two at a time as all at once. Fair, so that nobody waits for long
   * while others come again and again.
   */
  private final Semaphore turns;

  private volatile boolean closed;

  private Decoder(Lanes lanes, DecoderDevice.Kind device, Limits limits, DecoderSettings settings) {
    this.lanes = lanes;
    this.hypotheses =
        settings
            .hypotheses()
            .orElse(device == DecoderDevice.Kind.CPU ? HYPOTHESES_ON_CPU : HYPOTHESES_ON_CUDA);
    this.limits = limits;
    this.turns = new Semaphore(settings.threads(), true);
  }

  /**
   * Loads the graph of a bundle and checks names, types and shapes of its inputs and outputs. On
   * the CPU it is loaded once more whenever more searches run at once than ever before.
   *
   * @throws BundleFormatException if ONNX Runtime does not load the graph, or it has another
   *     signature
   * @throws DeviceException if the settings ask for a CUDA device on which it does not open
   * @throws IOException if it cannot be read
   */
  public static Decoder open(ModelBundle bundle, DecoderSettings settings) throws IOException {
    Sessions sessions = new Sessions(ENVIRONMENT, bundle, settings);
    Sessions.Opened first = sessions.open();
    try {
      Lanes lanes = new Lanes(ENVIRONMENT, sessions, first, settings.shortlist());
      return new Decoder(lanes, first.device(), bundle.manifest().limits(), settings);
    } catch (OrtException e) {
      throw new DecodingException("ONNX Runtime failed to make inputs: " + e.getMessage(), e);
    }
  }

  /**
   * Searches for all sentences, {@link #sentencesInARun} at a time, without giving their attention.
   * The result for a sentence does not depend on the others; the time does: neighbours of like
   * length are the quickest.
   *
   * <p>As many threads search at once as the settings say; the others wait, and come in the order
   * of their calls.
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
    return decode(sources, options, WITHOUT_ATTENTION);
  }

  /** As {@link #decode}, with the attention of each hypothesis if the model has one. */
  public List<List<Hypothesis>> decodeWithAttention(List<int[]> sources, SearchOptions options) {
    return decode(sources, options, lanes.outputs());
  }

  private List<List<Hypothesis>> decode(
      List<int[]> sources, SearchOptions options, Set<String> results) {
    check(sources);
    List<List<Hypothesis>> best = new ArrayList<>(sources.size());
    for (List<int[]> run : runs(sources, options)) {
      best.addAll(search(run, options, results).best(options.nBest(), limits.endId()));
    }
    return best;
  }

  /** Sentences that one run of the graph searches at most, at least 1. */
  public int sentencesInARun(SearchOptions options) {
    return Math.max(1, hypotheses / options.beamSize());
  }

  private List<List<int[]>> runs(List<int[]> sources, SearchOptions options) {
    int most = sentencesInARun(options);
    return IntStream.iterate(0, from -> from < sources.size(), from -> from + most)
        .mapToObj(from -> sources.subList(from, Math.min(sources.size(), from + most)))
        .toList();
  }

  /**
   * Searches as {@link #decode} does, and counts the rows that its steps need: for each sentence
   * and step the hypotheses that are not finished before it. What a graph computes beyond them is
   * lost work; for measuring.
   *
   * @return at least one for each sentence
   */
  public long liveRows(List<int[]> sources, SearchOptions options) {
    check(sources);
    long rows = 0;
    for (List<int[]> run : runs(sources, options)) {
      int[] most = run.stream().mapToInt(s -> options.maxTargetTokens(s.length)).toArray();
      rows += search(run, options, WITHOUT_ATTENTION).liveRows(most, limits.endId());
    }
    return rows;
  }

  private SearchResult search(List<int[]> sources, SearchOptions options, Set<String> results) {
    int[] lengths = new int[sources.size()];
    Arrays.setAll(lengths, i -> sources.get(i).length);
    turns.acquireUninterruptibly();
    try {
      Lanes.Lane lane = lanes.take();
      try (OrtSession.Result found =
          lane.session()
              .run(
                  lane.inputs()
                      .fill(sources, limits.padId(), options, results != WITHOUT_ATTENTION),
                  results)) {
        return SearchResult.read(found, lengths, options.beamSize());
      } finally {
        lanes.giveBack(lane);
      }
    } catch (OrtException e) {
      throw new DecodingException(
          "ONNX Runtime failed on %d sentences of at most %d tokens: %s"
              .formatted(sources.size(), Arrays.stream(lengths).max().getAsInt(), e.getMessage()),
          e);
    } finally {
      turns.release();
    }
  }

  /** Version of the ONNX Runtime that decodes, such as {@code 1.28.0}. */
  public static String runtimeVersion() {
    return ENVIRONMENT.getVersion();
  }

  /** Releases the native memory. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      lanes.close();
    } catch (OrtException e) {
      throw new DecodingException("ONNX Runtime failed to close a session: " + e.getMessage(), e);
    }
  }

  private void check(List<int[]> sources) {
    if (closed) {
      throw new IllegalStateException("decoder: expected an open one, actual closed");
    }
    sources.forEach(this::check);
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
}
