package io.streamglot.translator.decode;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

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

  private final OrtSession session;
  private final Limits limits;
  private final boolean shortlist;

  /**
   * One for each search at once, so that the setting bounds processors and memory however many
   * callers there are, such as the threads of Kafka Streams. It costs nothing: eight callers on two
   * processors get as much done two at a time as all at once. Fair, so that nobody waits for long
   * while others come again and again.
   */
  private final Semaphore turns;

  /**
   * As many as searches have run at once; the last used is taken first, for it may be in a cache.
   */
  private final Deque<InputBuffers> spareBuffers = new ConcurrentLinkedDeque<>();

  private volatile boolean closed;

  private Decoder(OrtSession session, Limits limits, DecoderSettings settings) {
    this.session = session;
    this.limits = limits;
    this.turns = new Semaphore(settings.threads(), true);
    this.shortlist = settings.shortlist();
  }

  /**
   * Loads the graph of a bundle and checks names, types and shapes of its inputs and outputs.
   *
   * @throws BundleFormatException if ONNX Runtime does not load the graph, or it has another
   *     signature
   * @throws DeviceException if the settings ask for a CUDA device on which it does not open
   */
  public static Decoder open(ModelBundle bundle, DecoderSettings settings)
      throws BundleFormatException, DeviceException {
    OrtSession session = new Sessions(ENVIRONMENT, bundle, settings).open();
    return new Decoder(session, bundle.manifest().limits(), settings);
  }

  /**
   * Searches for all sentences in one run of the graph, without giving their attention. The result
   * for a sentence does not depend on the others; the time does: sentences of like length are the
   * quickest.
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

  /** As {@link #decode}, with the attention of each hypothesis if the model has one. */
  public List<List<Hypothesis>> decodeWithAttention(List<int[]> sources, SearchOptions options) {
    return decode(new SearchRequest(sources, options).withAttention());
  }

  /**
   * As {@link #decode(List, SearchOptions)}, with all that a request may ask for.
   *
   * @throws IllegalArgumentException if a sentence is empty or has an id outside the vocabulary, or
   *     a prefix has one or more tokens than its sentence may get
   * @throws UnsupportedOperationException if the request has a prefix or draws lots, and the model
   *     was exported before its graph could
   */
  public List<List<Hypothesis>> decode(SearchRequest given) {
    SearchRequest request =
        given.withPrefixes(given.prefixes().stream().map(this::untilEnd).toList());
    check(request);
    return request.sources().isEmpty()
        ? List.of()
        : search(request).best(request.nBest(), limits.endId());
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
    return sources.isEmpty() ? 0 : search(request).liveRows(request.limits(), limits.endId());
  }

  private SearchResult search(SearchRequest request) {
    turns.acquireUninterruptibly();
    try {
      InputBuffers inputs = takeBuffers();
      try (OrtSession.Result found =
          session.run(
              inputs.fill(request, limits.padId()),
              request.attention() ? session.getOutputNames() : WITHOUT_ATTENTION)) {
        return SearchResult.read(found, request);
      } finally {
        spareBuffers.push(inputs);
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

  private InputBuffers takeBuffers() throws OrtException {
    InputBuffers spare = spareBuffers.poll();
    return spare == null
        ? new InputBuffers(ENVIRONMENT, session.getInputNames(), shortlist)
        : spare;
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
    spareBuffers.forEach(InputBuffers::close);
    try {
      session.close();
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
    if (!session.getInputNames().contains(name)) {
      throw new UnsupportedOperationException(
          "%s: expected a model whose graph has the input %s, actual one exported before there was"
                  .formatted(what, name)
              + " such: export it again");
    }
  }
}
