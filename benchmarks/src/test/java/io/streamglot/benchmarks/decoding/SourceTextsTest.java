package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTextsTest {

  @TempDir private Path folder;

  @Test
  void readsTheLinesOfATextAndTheSourcesOfATsv() throws IOException {
    String content = "One.\tUn.\n\nTwo.\tDeux.\n";
    Path text = Files.writeString(folder.resolve("text.en"), content);
    Path tsv = Files.writeString(folder.resolve("pairs.tsv"), content.replace("\n\n", "\n \tx\n"));

    assertThat(SourceTexts.read(text)).containsExactly("One.\tUn.", "Two.\tDeux.");
    assertThat(SourceTexts.read(tsv)).containsExactly("One.", "Two.");
  }

  @Test
  void refusesAFileWithoutText() throws IOException {
    Path blank = Files.writeString(folder.resolve("blank"), " \n\n");

    assertThatThrownBy(() -> SourceTexts.read(blank))
        .isInstanceOf(IOException.class)
        .hasMessage(blank + ": texts: expected at least 1, actual 0");
  }
}
