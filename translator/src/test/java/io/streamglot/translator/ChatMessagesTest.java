package io.streamglot.translator;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is no language survives the model that ships, byte for byte. */
class ChatMessagesTest {

  private static final int MESSAGES = 1_000;

  /** May stand beside anything, letters and other spans as well. */
  private static final List<String> CLOSED =
      List.of(
          "👩‍👩‍👧‍👦",
          "👍🏽",
          "🇫🇷",
          "5️⃣",
          "<code>return the value;</code>",
          "{{ user.name }}",
          "{{ f({a: 1}) }}",
          "${total:-0}",
          "{% endif %}",
          "{0}",
          "{1,number}",
          "{name}",
          "<a href=\"/x y\" title=\"a > b\">",
          "</a>",
          "<br/>",
          "<!-- not\nthis -->",
          "<a:party:123456>",
          "&nbsp;",
          "&#x1F600;",
          "[[A Page]]",
          "\ue000",
          "\ue001\uf8ff");

  /** Has no letter beside it: it would be another word. */
  private static final List<String> WORDS =
      List.of(
          "https://example.com/a_(b)?q=été&x=%20#top",
          "www.streamglot.io/docs",
          "youtu.be/dQw4w9WgXcQ",
          "Github.com/a/b",
          "example.net",
          "mailto:a.b@example.de",
          "jean-luc+1@example.co.uk",
          "@marie_2",
          "@नेहा",
          "#Émotion2026",
          "#हिन्दी",
          ":rofl:",
          ":-P",
          "%s",
          "%1$s",
          "%.2f",
          "%%",
          "MAX_LENGTH",
          "`let x = \"a  b\";`",
          "``a`b``",
          "Kafka Streams",
          "Glimmer Nine");

  /** What stands before a word, and after it. */
  private static final List<List<String>> AROUND =
      List.of(
          List.of("**", "**"),
          List.of("~~", "~~"),
          List.of("[", "](https://x.org/y)"),
          List.of("[", "][fig 1]"),
          List.of("<b>", "</b>"));

  /** Lines, or what begins one. */
  private static final List<String> LINES =
      List.of(
          "\n```\r\nfor (;;) {\r\n\t// wait. Really!\r\n}\r\n```\n",
          "\n~~~~sh\nls the files\n~~~\n~~~~\n",
          "\n- ",
          "\n1. ",
          "\n> ",
          "\n## ",
          "\n| ");

  private static final List<String> BEFORE =
      List.of(" ", " \"", " (", " “", " «", ", ", ". ", "\n");

  private static final List<String> BEHIND =
      List.of(" ", "\" ", ") ", "” ", "» ", ", ", ". ", "! ", "? ", ": ", "; ", "… ", "\n");

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
  void keepsEachSpanOfAThousandMessagesByteForByteAndAsOftenAsItWasPutIn() {
    Terms configured = Terms.of(List.of("Kafka Streams"));
    Random random = new Random(6);
    List<Message> messages = new ArrayList<>();
    List<EncodedText> encoded = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      Message message = new Message(random);
      messages.add(message);
      encoded.add(
          translator.encode(message.text.toString(), configured.and(List.of("Glimmer Nine"))));
    }

    List<Translation> translations =
        translator.translateEncoded(encoded, new SearchOptions(1, 1, 1, 1.5f, 8));

    Set<String> kinds = new HashSet<>();
    messages.forEach(message -> kinds.addAll(message.spans));
    for (int i = 0; i < MESSAGES; i++) {
      Message message = messages.get(i);
      String translation = translations.get(i).text();
      for (String span : kinds) {
        assertThat(occurrences(translation, span))
            .as("'%s' in '%s', the translation of '%s'", span, translation, message.text)
            .isEqualTo(message.spans.stream().mapToInt(put -> occurrences(put, span)).sum());
      }
      message.spanAtStart().ifPresent(span -> assertThat(translation).startsWith(span));
      message.spanAtEnd().ifPresent(span -> assertThat(translation).endsWith(span));
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

  private static int occurrences(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A real sentence or two, at times in capitals or small letters, with one to four spans. */
  private static final class Message {

    private static final List<UnaryOperator<String>> FORMS =
        List.of(
            UnaryOperator.identity(),
            text -> text.toUpperCase(Locale.ROOT),
            text -> text.toLowerCase(Locale.ROOT));

    final StringBuilder text = new StringBuilder();

    /** What was put in, some of it twice. */
    final List<String> spans = new ArrayList<>();

    private final Random random;

    Message(Random random) {
      this.random = random;
      UnaryOperator<String> form = any(random, FORMS);
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(2); i >= 0; i--) {
        String sentence = form.apply(any(random, TestResources.sentences()));
        words.addAll(List.of(sentence.split(" ")));
      }
      Set<Integer> places = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        places.add(random.nextInt(words.size()));
      }
      for (int i = 0; i < words.size(); i++) {
        if (places.contains(i)) {
          putInBefore(words.get(i));
        } else {
          text.append(i == 0 ? "" : " ").append(words.get(i));
        }
      }
      if (random.nextInt(4) == 0) {
        put(any(random, CLOSED));
      }
    }

    Optional<String> spanAtStart() {
      return Optional.of(spans.get(0)).filter(span -> text.indexOf(span) == 0);
    }

    Optional<String> spanAtEnd() {
      String last = spans.get(spans.size() - 1);
      return Optional.of(last).filter(text.toString()::endsWith);
    }

    private void putInBefore(String word) {
      switch (random.nextInt(8)) {
        case 0 -> {
          put(any(random, LINES));
          text.append(word);
        }
        case 1 -> {
          List<String> marks = any(random, AROUND);
          text.append(any(random, BEFORE));
          put(marks.get(0));
          text.append(word);
          put(marks.get(1));
          text.append(any(random, BEHIND));
        }
        case 2, 3 -> {
          put(any(random, CLOSED));
          text.append(word);
        }
        case 4 -> {
          put(any(random, CLOSED));
          put(any(random, CLOSED));
          text.append(any(random, BEHIND)).append(word);
        }
        case 5 -> {
          put(any(random, CLOSED));
          put(any(random, WORDS));
          text.append(any(random, BEHIND)).append(word);
        }
        default -> {
          text.append(any(random, BEFORE));
          put(any(random, WORDS));
          text.append(any(random, BEHIND)).append(word);
        }
      }
    }

    private void put(String span) {
      text.append(span);
      spans.add(span);
    }
  }
}
