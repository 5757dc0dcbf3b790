package io.streamglot.benchmarks.output;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Raw rows as comma-separated values, under a heading; each row is in the file once it is added.
 *
 * @param <R> a record; its components are the columns
 */
public final class CsvFile<R> implements AutoCloseable {

  private final Optional<SequenceWriter> writer;

  private CsvFile(Optional<SequenceWriter> writer) {
    this.writer = writer;
  }

  /**
   * Starts the file anew.
   *
   * @param file empty for none: then rows go nowhere
   * @throws IOException if it cannot be written
   */
  public static <R> CsvFile<R> open(Optional<Path> file, Class<R> type) throws IOException {
    if (file.isEmpty()) {
      return new CsvFile<>(Optional.empty());
    }
    CsvMapper mapper =
        CsvMapper.csvBuilder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
    return new CsvFile<>(
        Optional.of(
            mapper
                .writer(mapper.schemaFor(type).withHeader())
                .writeValues(Files.newBufferedWriter(file.get()))));
  }

  /** Appends a row. */
  public void add(R row) throws IOException {
    if (writer.isPresent()) {
      writer.get().write(row); // flushes
    }
  }

  @Override
  public void close() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }
}
