package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.streamglot.training.TatoebaDev;
import io.streamglot.training.corpus.SentencePair;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.decode.Hypothesis;
import io.streamglot.translator.decode.SearchRequest;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model that ships, as it is served, on real sentences, against a search in plain Java with the
 * weights that its file holds: products in integers, a shortlist, pruning.
 */
class ShippedModelSearchTest {

  private static final Path BUNDLE = Path.of("..", "models", "en-fr");
  private static final int SENTENCES = 150;
  private static final int BATCH_SIZE = 32;

  private static ModelBundle bundle;
  private static Decoder decoder;
  private static PlainBeamSearch plain;
  private static OnnxShortlist shortlist;
  private static List<int[]> sources;

  @BeforeAll
  static void open() throws IOException {
    bundle = ModelBundle.open(BUNDLE);
    decoder = Decoder.open(bundle, DecoderSettings.DEFAULT);
    Limits limits = bundle.manifest().limits();
    ModelConfig config = ManifestModel.of(bundle.manifest());
    ModelProto file = ModelProto.parseFrom(Files.readAllBytes(bundle.modelFile()));
    PlainModel model =
        new PlainModel(
            config,
            OnnxWeights.of(file, config),
            OnnxWeights.output(file, config),
            limits.startId(),
            true);
    plain = new PlainBeamSearch(model, limits.startId(), limits.endId());
    shortlist = OnnxShortlist.of(file);
    sources = sources();
  }

  @AfterAll
  static void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void findsWhatASearchInPlainJavaFinds(int beam) {
    SearchOptions options = bundle.manifest().search().withBeamSize(beam);
    List<List<Hypothesis>> found = inBatches(options);
    List<Hypothesis> expected =
        sources.parallelStream()
            .map(source -> plain.search(source, options, shortlist.candidates(source)).get(0))
            .toList();
    assertThat(found).hasSize(SENTENCES);
    int same = 0;
    for (int i = 0; i < SENTENCES; i++) {
      Hypothesis best = found.get(i).get(0);
      if (Arrays.equals(best.tokens(), expected.get(i).tokens())) {
        same++;
        assertThat(best.score()).isCloseTo(expected.get(i).score(), within(2e-2f));
      }
    }
    // A sum on the edge between two integers may fall on either side, and what follows differs.
    assertThat(same).isGreaterThanOrEqualTo(SENTENCES * 97 / 100);
  }

  /** Which no sentence is about, so that few have all of its tokens on their shortlist. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsBehindAPrefixWhatASearchInPlainJavaFindsThatIsForced(int beam) throws IOException {
    SearchOptions options = bundle.manifest().search().withBeamSize(beam);
    int[] prefix = prefix("Cinquante oiseaux, je");
    List<int[]> some = sources.subList(50, 90);
    SearchRequest request =
        new SearchRequest(some, options).withPrefixes(Collections.nCopies(some.size(), prefix));
    List<Hypothesis> expected =
        some.parallelStream()
            .map(source -> plain.search(source, options, with(prefix, source), prefix).get(0))
            .toList();
    List<List<Hypothesis>> found = decoder.decode(request);
    int same = 0;
    for (int i = 0; i < some.size(); i++) {
      Hypothesis best = found.get(i).get(0);
      assertThat(best.tokens()).startsWith(prefix);
      if (Arrays.equals(best.tokens(), expected.get(i).tokens())) {
        same++;
        assertThat(best.score()).isCloseTo(expected.get(i).score(), within(2e-2f));
      }
    }
    assertThat(some)
        .filteredOn(source -> !with(prefix, source).equals(shortlist.candidates(source)))
        .hasSizeGreaterThan(30);
    assertThat(same).isGreaterThanOrEqualTo(38);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void findsTheSameForASentenceAloneAsInABatchOf32(int beam) {
    SearchOptions options = bundle.manifest().search().withBeamSize(beam).withNBest(beam);
    List<List<Hypothesis>> found = inBatches(options);
    assertThat(found).hasSize(SENTENCES);
    for (int i = 0; i < SENTENCES; i++) {
      List<Hypothesis> alone = decoder.decodeWithAttention(List.of(sources.get(i)), options).get(0);
      SearchResults.assertSame("sentence " + i, found.get(i), alone, 1e-5f);
    }
  }

  private static BitSet with(int[] prefix, int[] source) {
    BitSet candidates = shortlist.candidates(source);
    Arrays.stream(prefix).forEach(candidates::set);
    return candidates;
  }

  private static int[] prefix(String text) throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile())) {
      int[] ids = tokenizer.encode(text);
      return Arrays.copyOf(ids, ids.length - 1);
    }
  }

  private static List<List<Hypothesis>> inBatches(SearchOptions options) {
    List<List<Hypothesis>> found = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += BATCH_SIZE) {
      int to = Math.min(from + BATCH_SIZE, sources.size());
      found.addAll(decoder.decodeWithAttention(sources.subList(from, to), options));
    }
    return found;
  }

  /** Every sixth sentence of the development set, which is sorted by length. */
  private static List<int[]> sources() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(bundle.tokenizerFile())) {
      List<int[]> all =
          TatoebaDev.read().pairs().stream()
              .map(SentencePair::source)
              .distinct()
              .map(tokenizer::encode)
              .filter(source -> source.length <= bundle.manifest().limits().maxSourceLength())
              .toList();
      return IntStream.range(0, SENTENCES).mapToObj(i -> all.get(6 * i % all.size())).toList();
    }
  }
}
