package io.streamglot.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("\n", List.of("")),
        Arguments.of("a", List.of("a")),
        Arguments.of("a\n", List.of("a")),
        Arguments.of("a\n\nb", List.of("a", "", "b")),
        Arguments.of("a\r\n\r\nb\rc\r\n", List.of("a", "", "b\rc")),
        Arguments.of("\uFEFFa\n\uFEFFb\n", List.of("a", "\uFEFFb")),
        Arguments.of("\uFEFF\n", List.of("")),
        Arguments.of("été 你好 😀\u2028x\u0085\n", List.of("été 你好 😀\u2028x\u0085")));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void readsLinesAsTheLineFeedsSay(String input, List<String> lines) throws IOException {
    assertThat(readAll(reader(input.getBytes(UTF_8)))).isEqualTo(lines);
  }

  @Test
  void countsLinesFromOne() throws IOException {
    LineReader reader = reader("a\nb\n".getBytes(UTF_8));

    assertThat(reader.lineNumber()).isZero();
    reader.readLine();
    assertThat(reader.lineNumber()).isEqualTo(1);
    reader.readLine();
    reader.readLine();
    assertThat(reader.lineNumber()).isEqualTo(2);
  }

  @Test
  void refusesBytesThatAreNotUtf8AndSaysWhere() {
    assertThatThrownBy(() -> readAll(reader("Good.\ncafé\n".getBytes(ISO_8859_1))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("0xE9 at byte 4");
  }

  @Test
  void refusesACharacterThatIsCutOff() {
    byte[] cut = {'a', (byte) 0xC3};

    assertThatThrownBy(() -> readAll(reader(cut)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("0xC3 at byte 2");
  }

  @Test
  void takesALineOfTheGreatestLengthAndRefusesALongerOne() throws IOException {
    byte[] longest = "x".repeat(LineReader.MAX_BYTES).getBytes(UTF_8);
    byte[] longer = "x".repeat(LineReader.MAX_BYTES + 1).getBytes(UTF_8);

    assertThat(readAll(reader(longest))).hasSize(1);
    assertThatThrownBy(() -> readAll(reader(longer)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("at most 1048576 bytes");
  }

  @Test
  void aBatchTakesWhatIsThereInOrderAndFailsOnlyAfterTheGoodLines() throws Exception {
    ReadAhead lines = ReadAhead.start(reader("a\nb\nc\n\u00e9\n".getBytes(ISO_8859_1)), 2);
    List<String> good = new ArrayList<>();
    while (good.size() < 3) {
      List<String> batch = lines.nextBatch(2);
      assertThat(batch).hasSizeBetween(1, 2);
      good.addAll(batch);
    }

    assertThat(good).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> lines.nextBatch(2))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("line 4");
  }

  @Test
  void whateverEndsTheReadingReachesTheOtherSideAfterTheGoodLines() throws Exception {
    InputStream broken =
        new InputStream() {
          private int read;

          @Override
          public int read() {
            if (read == 4) {
              throw new NoClassDefFoundError("x");
            }
            return "a\nb\n".charAt(read++);
          }

          @Override
          public int read(byte[] bytes, int from, int count) {
            bytes[from] = (byte) read();
            return 1;
          }
        };
    ReadAhead lines = ReadAhead.start(new LineReader(broken), 100);
    List<String> good = new ArrayList<>();
    while (good.size() < 2) {
      good.addAll(lines.nextBatch(100));
    }

    assertThat(good).containsExactly("a", "b");
    assertThatThrownBy(() -> lines.nextBatch(100))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessage("x");
  }

  @Test
  void neverHoldsMoreCharactersThanTheLimit() throws Exception {
    int length = ReadAhead.MAX_CHARACTERS / 4 + 1; // the fourth does not fit
    String input = ("x".repeat(length) + "\n").repeat(9);
    ReadAhead lines = ReadAhead.start(reader(input.getBytes(UTF_8)), 100);
    int count = 0;
    for (List<String> batch = lines.nextBatch(100);
        !batch.isEmpty();
        batch = lines.nextBatch(100)) {
      Thread.sleep(50); // so that it could read on
      assertThat(batch).hasSizeLessThanOrEqualTo(3).allMatch(line -> line.length() == length);
      count += batch.size();
    }

    assertThat(count).isEqualTo(9);
  }

  @Test
  void takesEvenALineOfTheGreatestLengthIntoABatch() throws Exception {
    String longest = "x".repeat(LineReader.MAX_BYTES);
    ReadAhead lines = ReadAhead.start(reader((longest + "\na\n" + longest).getBytes(UTF_8)), 512);

    assertThat(lines.nextBatch(256)).containsExactly(longest);
    assertThat(lines.nextBatch(256)).containsExactly("a");
    assertThat(lines.nextBatch(256)).containsExactly(longest);
    assertThat(lines.nextBatch(256)).isEmpty();
  }

  @Test
  void inputThatCannotBeReadIsTheUsersToMend() throws IOException {
    InputStream closed = Files.newInputStream(Path.of("pom.xml"));
    closed.close();

    assertThatThrownBy(() -> new LineReader(closed).readLine())
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("standard input");
  }

  @Test
  void afterTheEndEveryBatchIsEmpty() throws Exception {
    ReadAhead lines = ReadAhead.start(reader(new byte[0]), 2);

    assertThat(lines.nextBatch(2)).isEmpty();
    assertThat(lines.nextBatch(2)).isEmpty();
  }

  private static LineReader reader(byte[] bytes) {
    return new LineReader(new ByteArrayInputStream(bytes));
  }

  private static List<String> readAll(LineReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
    }
    return lines;
  }
}
