package io.streamglot.benchmarks.parts;

import io.streamglot.benchmarks.decoding.SourceTexts;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the benchmarks work on. */
@State(Scope.Benchmark)
public class Texts {

  /** Sentences of an operation; a figure is of one of them. */
  static final int SENTENCES = 64;

  /** The bundle; a relative path is below the folder of the project. */
  @Param("models/en-fr")
  public String model;

  /** The texts; a relative path is below the folder of the project. */
  @Param("training/src/test/resources/tatoeba-en-fr/dev.tsv.gz")
  public String file;

  ModelBundle bundle;
  List<String> sources;

  /** Opens the bundle and reads the first texts. */
  @Setup
  public void read() throws IOException {
    Path home = Path.of(System.getProperty("streamglot.home", "."));
    bundle = ModelBundle.open(home.resolve(model));
    List<String> all = SourceTexts.read(home.resolve(file));
    if (all.size() < SENTENCES) {
      throw new IOException(
          "%s: texts: expected at least %d, actual %d".formatted(file, SENTENCES, all.size()));
    }
    sources = all.subList(0, SENTENCES);
  }
}
