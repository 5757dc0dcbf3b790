package io.streamglot.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelCorpusTest {

  @TempDir private Path folder;

  @Test
  void aTsvFileGivesItsPairsInOrder() throws IOException {
    Path file = write("pairs.tsv", "Hi.\tSalut !\nWho?\tQui ?\n");

    ParallelCorpus corpus = ParallelCorpus.readTsv(file);

    assertThat(corpus.name()).isEqualTo("pairs.tsv");
    assertThat(corpus.pairs())
        .containsExactly(new SentencePair("Hi.", "Salut !"), new SentencePair("Who?", "Qui ?"));
  }

  @Test
  void gzipIsToldByContentAndNotByName() throws IOException {
    Path file = Files.write(folder.resolve("packed.txt"), gzip("Hi.\tSalut !\n"));

    assertThat(ParallelCorpus.readTsv(file).pairs())
        .containsExactly(new SentencePair("Hi.", "Salut !"));
  }

  @Test
  void windowsLineEndsByteOrderMarkAndAMissingLastLineEndDoNotMatter() throws IOException {
    Path file = write("windows.tsv", "\uFEFFa\tb\r\nc\td");

    assertThat(ParallelCorpus.readTsv(file).pairs())
        .containsExactly(new SentencePair("a", "b"), new SentencePair("c", "d"));
  }

  @Test
  void linesLongerThanTheReadBufferStayWhole() throws IOException {
    String word = "é".repeat(100_000);
    Path file = write("long.tsv", word + "\tx\n" + "y\t" + word + "\n");

    assertThat(ParallelCorpus.readTsv(file).pairs())
        .containsExactly(new SentencePair(word, "x"), new SentencePair("y", word));
  }

  @Test
  void twoFilesPairLineByLine() throws IOException {
    Path source = write("x.en", "one\ttab\ntwo\n");
    Path target = write("x.fr", "un\ndeux");

    ParallelCorpus corpus = ParallelCorpus.readParallel(source, target);

    assertThat(corpus.name()).isEqualTo("x.en + x.fr");
    assertThat(corpus.pairs())
        .containsExactly(new SentencePair("one\ttab", "un"), new SentencePair("two", "deux"));
  }

  @Test
  void aLineWithoutTabIsNamed() throws IOException {
    Path file = write("bad.tsv", "a\tb\nno tab\n");

    assertThatThrownBy(() -> ParallelCorpus.readTsv(file))
        .isInstanceOf(CorpusFormatException.class)
        .hasMessage(file + ":2: fields separated by tabs: expected 2, actual 1");
  }

  @Test
  void aLineWithTwoTabsIsNamed() throws IOException {
    Path file = write("bad.tsv", "a\tb\tc\n");

    assertThatThrownBy(() -> ParallelCorpus.readTsv(file))
        .isInstanceOf(CorpusFormatException.class)
        .hasMessage(file + ":1: fields separated by tabs: expected 2, actual 3");
  }

  @Test
  void filesOfDifferentLengthAreRefusedWithBothCounts() throws IOException {
    Path source = write("x.en", "one\ntwo\nthree\n");
    Path target = write("x.fr", "un\ndeux\n");

    assertThatThrownBy(() -> ParallelCorpus.readParallel(source, target))
        .isInstanceOf(CorpusFormatException.class)
        .hasMessage(target + ": lines: expected 3 as in " + source + ", actual 2");
  }

  @Test
  void malformedUtf8IsNamedByLineAndByte() throws IOException {
    Path file = folder.resolve("latin1.tsv");
    Files.write(file, "a\tb\nété\tc\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ParallelCorpus.readTsv(file))
        .isInstanceOf(CorpusFormatException.class)
        .hasMessage(file + ":2: byte 1: expected UTF-8, actual 0xe9");
  }

  @Test
  void aGzipFileThatWasCutIsRefused() throws IOException {
    byte[] whole = gzip("a\tb\nc\td\n");
    Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 6));

    assertThatThrownBy(() -> ParallelCorpus.readTsv(file))
        .isInstanceOf(CorpusFormatException.class)
        .hasMessageStartingWith(file + ": gzip stream after line ")
        .hasMessageContaining("expected a whole stream");
  }

  @Test
  void anEmptyFileIsAnEmptyCorpusAndAMissingOneIsAnError() throws IOException {
    assertThat(ParallelCorpus.readTsv(write("empty.tsv", "")).pairs()).isEmpty();
    assertThatThrownBy(() -> ParallelCorpus.readTsv(folder.resolve("none.tsv")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
