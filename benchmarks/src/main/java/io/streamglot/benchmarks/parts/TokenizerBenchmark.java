package io.streamglot.benchmarks.parts;

import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Text to tokens and back, a sentence. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Texts.SENTENCES)
@State(Scope.Benchmark)
public class TokenizerBenchmark {

  private Tokenizer tokenizer;
  private List<String> sources;
  private List<int[]> tokens;

  /** Loads the tokenizer. */
  @Setup
  public void open(Texts texts) throws IOException {
    tokenizer = Tokenizer.open(texts.bundle.tokenizerFile());
    sources = texts.sources;
    tokens = sources.stream().map(tokenizer::encode).toList();
  }

  /** Releases it. */
  @TearDown
  public void close() {
    tokenizer.close();
  }

  /** Text to tokens. */
  @Benchmark
  public void encode(Blackhole results) {
    for (String source : sources) {
      results.consume(tokenizer.encode(source));
    }
  }

  /** Tokens to text. */
  @Benchmark
  public void decode(Blackhole results) {
    for (int[] each : tokens) {
      results.consume(tokenizer.decode(each));
    }
  }
}
