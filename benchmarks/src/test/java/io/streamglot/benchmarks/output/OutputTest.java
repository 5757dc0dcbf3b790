package io.streamglot.benchmarks.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {

  @TempDir private Path folder;

  record Row(String zone, int count, Long bytes) {}

  @Test
  void aTableIsAsWideAsItsCellsAndNumbersStandAtTheRight() {
    Table table = new Table("name", "ms");
    table.add("model", "7.5");
    table.add("a", "1234.0");

    assertThat(table.lines()).containsExactly("name       ms", "model     7.5", "a      1234.0");
  }

  @Test
  void aRowHasACellForEachHeading() {
    assertThatThrownBy(() -> new Table("name", "ms").add("model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cells: expected 2, actual 1");
  }

  @Test
  void eachRowIsInTheFileOnceItIsAdded() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (CsvFile<Row> rows = CsvFile.open(Optional.of(file), Row.class)) {
      rows.add(new Row("models/en-fr,beam=1", 2, null));

      assertThat(Files.readAllLines(file))
          .containsExactly("zone,count,bytes", "\"models/en-fr,beam=1\",2,");
    }
  }

  @Test
  void withoutAFileRowsGoNowhere() throws IOException {
    try (CsvFile<Row> rows = CsvFile.open(Optional.empty(), Row.class)) {
      rows.add(new Row("a", 1, 1L));
    }
    assertThat(folder).isEmptyDirectory();
  }
}
