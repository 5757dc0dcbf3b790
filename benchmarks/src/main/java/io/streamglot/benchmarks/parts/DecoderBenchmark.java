package io.streamglot.benchmarks.parts;

import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Tokens to hypotheses with the search of the bundle, a sentence; sorted by length. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Texts.SENTENCES)
@State(Scope.Benchmark)
public class DecoderBenchmark {

  /** Sentences a call. */
  @Param({"1", "64"})
  public int batch;

  private Decoder decoder;
  private SearchOptions options;
  private List<int[]> sources;

  /** Loads the graph. */
  @Setup
  public void open(Texts texts) throws IOException {
    decoder = Decoder.open(texts.bundle, DecoderSettings.DEFAULT);
    options = texts.bundle.manifest().search();
    try (Tokenizer tokenizer = Tokenizer.open(texts.bundle.tokenizerFile())) {
      sources =
          texts.sources.stream()
              .map(tokenizer::encode)
              .sorted(Comparator.comparingInt(ids -> ids.length))
              .toList();
    }
  }

  /** Releases it. */
  @TearDown
  public void close() {
    decoder.close();
  }

  /** Tokens to hypotheses. */
  @Benchmark
  public void decode(Blackhole results) {
    for (int from = 0; from < sources.size(); from += batch) {
      int to = Math.min(sources.size(), from + batch);
      results.consume(decoder.decode(sources.subList(from, to), options));
    }
  }
}
