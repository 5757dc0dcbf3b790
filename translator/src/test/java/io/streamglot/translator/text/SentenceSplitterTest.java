package io.streamglot.translator.text;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {

  private final SentenceSplitter splitter = new SentenceSplitter("en");

  @Test
  void keepsWhatLiesBetweenSentences() {
    SegmentedText text = split("\t I came.  I saw!\r\n\r\n  Did I win?\tYes \n");

    assertThat(text.sentences())
        .extracting(Sentence::before)
        .containsExactly("\t ", "  ", "\r\n\r\n  ", "\t");
    assertThat(text.sentences())
        .extracting(Sentence::text)
        .containsExactly("I came.", "I saw!", "Did I win?", "Yes");
    assertThat(text.tail()).isEqualTo(" \n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no end in sight",
        "Mr. Smith met Dr. Jones and Prof. Fox.",
        "I paid 3.50 for it.",
        "He said \"Stop.\" and went.",
        "Read [the docs](https://a.b/c. \"D\") now."
      })
  void takesAsOneSentenceWhatIsOne(String text) {
    assertThat(split(text).sentences()).extracting(Sentence::text).containsExactly(text);
  }

  @Test
  void readsIdeographicFullStops() {
    assertThat(new SentenceSplitter("zh").split("我来了。我看见了。", List.of()).sentences())
        .extracting(Sentence::text)
        .containsExactly("我来了。", "我看见了。");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "@bob, how are you? 😀|how are you?",
        "**Thank you!** |Thank you!",
        "  - [ ] Buy bread|Buy bread",
        "# Title #tag|Title",
        "<b>Hello</b>, world|Hello</b>, world",
        "See https://a.b/c.|See https://a.b/c.",
      })
  void takesOffTheSpansAtTheEndsOfASentence(String text, String sentence) {
    assertThat(split(text).sentences()).extracting(Sentence::text).containsExactly(sentence);
  }

  @Test
  void cutsASentenceAtItsSpans() {
    Sentence sentence =
        split("I told @bob, @al and {{name}} that (see `x`) we won.").sentences().get(0);

    SegmentedText pieces = sentence.pieces();

    assertThat(pieces.sentences())
        .extracting(Sentence::text)
        .containsExactly("I told", "and", "that (see", "we won.");
    assertThat(pieces.sentences()).allMatch(piece -> piece.spans().isEmpty());
    assertThat(joined(pieces)).isEqualTo(sentence.text());
  }

  @Property(tries = 300)
  void sentencesAndWhatLiesBetweenThemMakeTheTextAgain(@ForAll("texts") String text) {
    SegmentedText segmented = split(text);

    assertThat(joined(segmented)).isEqualTo(text);
    for (Sentence sentence : segmented.sentences()) {
      assertThat(sentence.text().codePoints().anyMatch(Character::isLetter)).isTrue();
      assertThat(joined(sentence.pieces())).isEqualTo(sentence.text());
      sentence
          .halves()
          .ifPresent(
              halves -> {
                assertThat(joined(halves)).isEqualTo(sentence.text());
                assertThat(halves.sentences())
                    .allMatch(half -> half.text().length() < sentence.text().length());
              });
    }
  }

  @Property(tries = 300)
  void eachSpanIsBetweenTheSentencesOrWithinOne(@ForAll("texts") String text) {
    int within = 0;
    int from = 0;
    for (Sentence sentence : split(text).sentences()) {
      from += sentence.before().length();
      int start = from;
      int end = from += sentence.text().length();
      List<Span> inside =
          ProtectedSpans.find(text, Terms.NONE).stream()
              .filter(span -> span.start() < end && span.end() > start)
              .toList();
      assertThat(inside).allMatch(span -> span.isWithin(start, end));
      within += inside.size();
      assertThat(sentence.spans().isEmpty()).isEqualTo(inside.isEmpty());
      assertThat(sentence.spans())
          .allMatch(span -> span.start() > 0 && span.end() < sentence.text().length());
    }
    assertThat(within).isLessThanOrEqualTo(ProtectedSpans.find(text, Terms.NONE).size());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(5),
            Arbitraries.of(
                " ", "\t", "\r\n", "\n\n", "\u00a0", "Hello", "world.", "Mr. ", "3.5", "!", ", ",
                "我来了。"),
            Arbitraries.of(
                "https://a.b/c?d=e.",
                "@bob",
                "#tag",
                "😀",
                "👩‍👩‍👧",
                ":smile:",
                "`a b`",
                "```\nx\n```",
                "{{n}}",
                "%s",
                "{0}",
                "<b>",
                "</b>",
                "&amp;",
                "**",
                "- ",
                "> ",
                "](x)",
                "[",
                "\ue000",
                "<!-- -->",
                "`"))
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  private SegmentedText split(String text) {
    return splitter.split(text, ProtectedSpans.find(text, Terms.NONE));
  }

  private static String joined(SegmentedText text) {
    return text.sentences().stream().map(s -> s.before() + s.text()).collect(joining())
        + text.tail();
  }
}
