package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is no language survives the model that ships, byte for byte. */
class ChatMessagesTest {

  private static final int MESSAGES = 1_000;

  /** Of each kind some; none occurs in another, or in a translation by chance. */
  private static final List<String> SPANS =
      List.of(
          "https://example.com/a_(b)?q=été&x=%20#top",
          "www.streamglot.io/docs",
          "jean-luc+1@example.co.uk",
          "@marie_2",
          "#Émotion2026",
          "👩‍👩‍👧‍👦",
          "👍🏽",
          "🇫🇷",
          "5️⃣",
          ":rofl:",
          ":-P",
          "`let x = \"a  b\";`",
          "``a`b``",
          "```\r\nfor (;;) {\r\n\t// wait. Really!\r\n}\r\n```",
          "{{ user.name }}",
          "${total:-0}",
          "{% endif %}",
          "%1$s",
          "%.2f",
          "{0,number}",
          "{name}",
          "<a href=\"/x y\">",
          "</a>",
          "<br/>",
          "<!-- not\nthis -->",
          "&nbsp;",
          "&#x1F600;",
          "](https://x.org/y)",
          "~~",
          "**",
          "MAX_LENGTH",
          "\ue000",
          "\ue001\uf8ff",
          "Kafka Streams");

  private static BundleTranslator translator;

  @BeforeAll
  static void open() throws IOException {
    translator = BundleTranslator.open(TestResources.shippedModel(), DecoderSettings.DEFAULT);
  }

  @AfterAll
  static void close() {
    translator.close();
  }

  @Test
  void keepsEachSpanOfAThousandMessagesOnceAndByteForByte() {
    Random random = new Random(6);
    List<List<String>> spans = new ArrayList<>();
    List<EncodedText> messages = new ArrayList<>();
    Terms terms = Terms.of(List.of("Kafka Streams"));
    for (int i = 0; i < MESSAGES; i++) {
      List<String> inserted = new ArrayList<>();
      messages.add(translator.encode(message(random, inserted), terms));
      spans.add(inserted);
    }

    List<Translation> translations =
        translator.translateEncoded(messages, new SearchOptions(1, 1, 1, 1.5f, 8));

    for (int i = 0; i < MESSAGES; i++) {
      String translation = translations.get(i).text();
      assertThat(inOrder(translation, spans.get(i))).as(messages.get(i).text()).isTrue();
      for (String span : SPANS) {
        assertThat(occurrences(translation, span))
            .as("%s in the translation of %s", span, messages.get(i).text())
            .isEqualTo(Collections.frequency(spans.get(i), span));
      }
    }
  }

  @Test
  void keepsTheLayoutOfAMessageOfFortySentences() {
    String[] gaps = {
      "\r\n", "\r\n\r\n", "\t", "\n    ", "\n\n\n", " \t ", "\r\n- ", "\n> ", "\n1. ", "\n## "
    };
    List<String> sentences = TestResources.sentences().subList(0, 40);
    StringBuilder text = new StringBuilder("\n\t ");
    StringBuilder expected = new StringBuilder("\n\t ");
    for (int i = 0; i < sentences.size(); i++) {
      String gap = gaps[i % gaps.length];
      text.append(sentences.get(i)).append(gap);
      expected.append(translator.translate(List.of(sentences.get(i))).get(0).text()).append(gap);
    }

    assertThat(translator.translate(List.of(text.toString())).get(0).text())
        .isEqualTo(expected.toString());
  }

  @Test
  void translatesWhatIsAroundASpanAtTheEndAsIfItWereAlone() {
    String alone = translator.translate(List.of("Where is the station?")).get(0).text();

    assertThat(
            translator
                .translate(List.of("@bob: Where is the station? 🚉", "**Where is the station?**"))
                .stream()
                .map(Translation::text))
        .containsExactly("@bob: " + alone + " 🚉", "**" + alone + "**");
  }

  /** A real sentence or two with one to four spans between its words. */
  private static String message(Random random, List<String> inserted) {
    List<String> sentences = TestResources.sentences();
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      words.addAll(Arrays.asList(sentences.get(random.nextInt(sentences.size())).split(" ")));
    }
    int[] places =
        random.ints(1 + random.nextInt(4), 0, words.size() + 1).distinct().sorted().toArray();
    for (int i = 0; i < places.length; i++) {
      String span = SPANS.get(random.nextInt(SPANS.size()));
      inserted.add(span);
      words.add(places[i] + i, span);
    }
    return String.join(" ", words);
  }

  private static boolean inOrder(String text, List<String> parts) {
    int from = 0;
    for (String part : parts) {
      int index = text.indexOf(part, from);
      if (index < 0) {
        return false;
      }
      from = index + part.length();
    }
    return true;
  }

  private static int occurrences(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }
}
