package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a text is made of, the model that ships answers it, and answers it again alike.
 *
 * <p>The system property {@code streamglot.random.texts} sets the number of texts.
 */
class RandomTextsTest {

  private static final int TRIES = 20;
  private static final int TEXTS = Integer.getInteger("streamglot.random.texts", 600);
  private static final int MAX_CHARACTERS = 2_000;

  /** Greedy and short: what is looked at is that it answers, not how well. */
  private static final SearchOptions OPTIONS = new SearchOptions(1, 1, 1, 0.1f, 4);

  /** A call takes a second or less. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final int CALL_SIZE = 64;

  private static BundleTranslator translator;

  @BeforeContainer
  static void open() throws IOException {
    translator = BundleTranslator.open(TestResources.shippedModel(), DecoderSettings.DEFAULT);
  }

  @AfterContainer
  static void close() {
    translator.close();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void answersEveryTextAndAnswersItAlikeInAnotherBatch(@ForAll("manyTexts") List<String> texts) {
    List<Translation> answers = translate(texts, CALL_SIZE);

    assertThat(answers).hasSameSizeAs(texts).doesNotContainNull();
    // Other neighbours: calls of another size, from the other end.
    List<Translation> again = reversed(translate(reversed(texts), CALL_SIZE - 7));
    int others = 0;
    for (int i = 0; i < texts.size(); i++) {
      assertThat(again.get(i).truncated()).as(texts.get(i)).isEqualTo(answers.get(i).truncated());
      others += again.get(i).text().equals(answers.get(i).text()) ? 0 : 1;
    }
    // Where integers round to the other side, a close decision may fall otherwise.
    assertThat(others).isLessThanOrEqualTo(1 + texts.size() / 200);
  }

  private static List<Translation> translate(List<String> texts, int callSize) {
    List<Translation> answers = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += callSize) {
      List<String> call = texts.subList(from, Math.min(from + callSize, texts.size()));
      answers.addAll(
          assertTimeoutPreemptively(DEADLINE, () -> translator.translate(call, OPTIONS)));
    }
    return answers;
  }

  @Provide
  Arbitrary<List<String>> manyTexts() {
    return texts().list().ofSize(Math.max(1, TEXTS / TRIES));
  }

  /** Short and long texts of one kind, and of all kinds mixed. */
  private static Arbitrary<String> texts() {
    Arbitrary<String> mixed = Arbitraries.oneOf(kinds());
    List<Arbitrary<String>> pieces = new ArrayList<>(kinds());
    pieces.add(mixed);
    Arbitrary<Integer> pieceCounts =
        Arbitraries.frequencyOf(
            Tuple.of(6, uniform(1, 12)),
            Tuple.of(3, uniform(1, 100)),
            Tuple.of(1, uniform(1, MAX_CHARACTERS)));
    return Arbitraries.of(pieces)
        .flatMap(piece -> pieceCounts.flatMap(count -> piece.list().ofSize(count)))
        .map(list -> cut(String.join("", list)));
  }

  private static List<Arbitrary<String>> kinds() {
    return List.of(
        codePoints(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT), // assigned or not
        codePoints(0, 0x1F), // controls
        codePoints(0x7F, 0x9F),
        codePoints(0x0300, 0x036F), // combining marks
        codePoints(0x20D0, 0x20FF),
        codePoints(0x0590, 0x08FF), // right to left
        codePoints(0x200B, 0x202E), // joiners, direction marks, line ends
        codePoints(0x4E00, 0x9FFF), // Han
        codePoints(0xD800, 0xDFFF), // surrogates that stand alone, unless two of them pair
        codePoints(0xE000, 0xF8FF), // private use
        codePoints(0xFE00, 0xFE0F), // variation selectors
        codePoints(0x1F300, 0x1FAFF), // emoji
        codePoints(0xE0000, 0xE007F), // tags
        Arbitraries.of("\n", "\r\n", " ", "\t", "\u00A0", "\u2003", "\u2028", "\u3000"),
        Arbitraries.of(
            "👩‍👩‍👧‍👦", "👍🏽", "🏳️‍🌈", "🇫🇷", "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u200D", "️"),
        Arbitraries.of("</s>", "<s>", "<pad>", "<unk>", "<0x41>", "▁", "&amp;", "{{name}}", "%s"),
        Arbitraries.of(TestResources.sentences()).map(sentence -> sentence + " "),
        Arbitraries.of("I ", "you ", "don't ", "know. ", "Where ", "is ", "THE ", "station? "));
  }

  private static Arbitrary<String> codePoints(int from, int to) {
    return uniform(from, to)
        .map(codePoint -> new StringBuilder().appendCodePoint(codePoint).toString());
  }

  /** Left to itself jqwik prefers small numbers and those at the ends. */
  private static Arbitrary<Integer> uniform(int from, int to) {
    return Arbitraries.integers().between(from, to).withDistribution(RandomDistribution.uniform());
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
