package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentenceSplitterTest {

  private final SentenceSplitter splitter = new SentenceSplitter("en");

  @Test
  void endsEachSentenceAfterItsWhiteSpace() {
    assertThat(splitter.ends("I came. I saw! Did I win? Yes"))
        .containsExactly(
            "I came. ".length(),
            "I came. I saw! ".length(),
            "I came. I saw! Did I win? ".length(),
            "I came. I saw! Did I win? Yes".length());
  }

  @Test
  void takesATextWithoutPunctuationAsOneSentence() {
    assertThat(splitter.ends("no end in sight")).containsExactly(15);
  }

  @Test
  void findsNoEndInAnEmptyText() {
    assertThat(splitter.ends("")).isEmpty();
  }

  @Test
  void readsIdeographicFullStops() {
    assertThat(new SentenceSplitter("zh").ends("我来了。我看见了。")).containsExactly(4, 9);
  }
}
