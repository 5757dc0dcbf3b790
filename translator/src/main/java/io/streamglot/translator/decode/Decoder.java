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
   * the CPU it is loaded once more, on another thread, whenever more searches run at once than ever
   * before; each loaded graph of the shipped models takes some 100 MiB.
   *
   * @throws BundleFormatException if ONNX Runtime does not load the graph, or it has another
   *     signature
   * @throws DeviceException if the settings ask for a CUDA device on which it does not open
   * @throws IOException if it cannot be read
   */
  public static Decoder open(ModelBundle bundle, DecoderSettings settings) throws IOException {
    Sessions sessions = new Sessions(ENVIRONMENT, bundle, settings);
    Sessions.Opened first = sessions.open();
    Lanes lanes = new Lanes(ENVIRONMENT, sessions, first, settings.shortlist());
    return new Decoder(lanes, first.device(), bundle.manifest().limits(), settings);
  }

  /**
   * Searches for all sentences, {@link #sentencesInARun} at a time, without giving their attention.
   * The result for a sentence does not depend on the others, but for the last bits of its scores.
   * In a model of integers they can turn a close decision: in random texts, and in drawing lots, of
   * one in some hundreds. The time depends on them: neighbours of like length are the quickest.
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
    return decode(new SearchRequest(sources, options));
  }

  /**
   * As {@link #decode(List, SearchOptions)}, with the attention of each hypothesis if the model has
   * one.
   */
  public List<List<Hypothesis>> decodeWithAttention(List<int[]> sources, SearchOptions options) {
    return decode(new SearchRequest(sources, options).withAttention());
  }

  /**
   * As {@link #decode(List, SearchOptions)}, with all that a request may ask for.
   *
   * @throws IllegalArgumentException if a sentence is empty or has an id outside the vocabulary, or
   *     a prefix has more tokens than its sentence may get
   * @throws UnsupportedOperationException if the request has a prefix or draws lots, and the model
   *     was exported before its graph could
   */
  public List<List<Hypothesis>> decode(SearchRequest given) {
    SearchRequest request =
        given.withPrefixes(given.prefixes().stream().map(this::untilEnd).toList());
    check(request);
    List<List<Hypothesis>> best = new ArrayList<>(request.sources().size());
    for (SearchRequest run : runs(request)) {
      best.addAll(search(run).best(request.nBest(), limits.endId()));
    }
    return best;
  }

  /**
   * Sentences that one run of the graph searches at most, at least 1.
   *
   * @param beamSize hypotheses kept of each
   */
  public int sentencesInARun(int beamSize) {
    return Math.max(1, hypotheses / beamSize);
  }

  private List<SearchRequest> runs(SearchRequest request) {
    int count = request.sources().size();
    int most = sentencesInARun(request.beamSize());
    return IntStream.iterate(0, from -> from < count, from -> from + most)
        .mapToObj(
            from -> request.part(IntStream.range(from, Math.min(count, from + most)).toArray()))
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
    SearchRequest request = new SearchRequest(sources, options);
    check(request);
    return runs(request).stream()
        .mapToLong(run -> search(run).liveRows(run.limits(), limits.endId()))
        .sum();
  }

  private SearchResult search(SearchRequest request) {
    turns.acquireUninterruptibly();
    try {
      Lanes.Lane lane = lanes.take();
      try (OrtSession.Result found =
          lane.session()
              .run(
                  lane.inputs().fill(request, limits.padId()),
                  request.attention() ? lanes.outputNames() : WITHOUT_ATTENTION)) {
        return SearchResult.read(found, request);
      } finally {
        lanes.giveBack(lane);
      }
    } catch (OrtException e) {
      int longest = request.sources().stream().mapToInt(source -> source.length).max().orElse(0);
      throw new DecodingException(
          "ONNX Runtime failed on %d sentences of at most %d tokens: %s"
              .formatted(request.sources().size(), longest, e.getMessage()),
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

  private void check(SearchRequest request) {
    if (closed) {
      throw new IllegalStateException("decoder: expected an open one, actual closed");
    }
    request.sources().forEach(this::checkSource);
    int[] most = request.limits();
    for (int i = 0; i < most.length; i++) {
      checkPrefix(request.prefixes().get(i), most[i]);
    }
    if (request.drawsLots()) {
      requireInput(GraphSignature.UNIFORM, "sampling");
    }
  }

  /** A prefix without what follows its first end token. */
  private int[] untilEnd(int[] prefix) {
    for (int i = 0; i < prefix.length - 1; i++) {
      if (prefix[i] == limits.endId()) {
        return Arrays.copyOf(prefix, i + 1);
      }
    }
    return prefix;
  }

  private void checkSource(int[] source) {
    if (source.length == 0) {
      throw new IllegalArgumentException(
          "source length: expected at least the end token, actual 0");
    }
    checkIds("source token", source);
  }

  private void checkPrefix(int[] prefix, int most) {
    if (prefix.length == 0) {
      return;
    }
    requireInput(GraphSignature.PREFIX, "prefix");
    checkIds("prefix token", prefix);
    if (prefix.length > most) {
      throw new IllegalArgumentException(
          "prefix length: expected at most the %d tokens of the sentence's limit, actual %d"
              .formatted(most, prefix.length));
    }
  }

  private void checkIds(String what, int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= limits.vocabularySize()) {
        throw new IllegalArgumentException(
            "%s: expected an id of 0 to %d, actual %d"
                .formatted(what, limits.vocabularySize() - 1, id));
      }
    }
  }

  private void requireInput(String name, String what) {
    if (!lanes.inputNames().contains(name)) {
      throw new UnsupportedOperationException(
          "%s: expected a model whose graph has the input %s, actual one exported before there was"
                  .formatted(what, name)
              + " such: export it again");
    }
  }
}
