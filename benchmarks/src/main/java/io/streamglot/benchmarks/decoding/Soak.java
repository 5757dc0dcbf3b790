package io.streamglot.benchmarks.decoding;

import com.sun.management.ThreadMXBean;
import io.streamglot.app.ops.ProcessMemory;
import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Translates the same texts again and again, and watches the memory of this process.
 *
 * <p>A translation does not say how many tokens it has; they are counted by encoding it again, once
 * a text, outside of what is measured.
 */
public final class Soak {

  /** Share of the tokens after which caches and pools should have grown. */
  private static final double WARM = 0.1;

  private static final int SAMPLES = 100;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Translator translator;
  private final Tokenizer tokenizer;
  private final SearchOptions options;
  private final List<List<String>> batches;
  private final long[] targetTokens; // of each batch, 0 before it was translated
  private final LongAdder sentences = new LongAdder();

  /**
   * Prepares the texts.
   *
   * @param tokenizer of the translator's model
   * @param texts none blank, at least one
   * @param batch texts in a call, above 0
   */
  public Soak(
      Translator translator,
      Tokenizer tokenizer,
      SearchOptions options,
      List<String> texts,
      int batch) {
    this.translator = translator;
    this.tokenizer = tokenizer;
    this.options = options;
    this.batches = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += batch) {
      batches.add(texts.subList(from, Math.min(texts.size(), from + batch)));
    }
    this.targetTokens = new long[batches.size()];
  }

  /** Hears a sample when it is taken. */
  @FunctionalInterface
  public interface Listener {

    /** A sample was taken. */
    void sampled(Sample sample) throws IOException;
  }

  /**
   * Memory after so many target tokens.
   *
   * @param targetTokens made so far
   * @param seconds since the start
   * @param residentBytes of the process; null where the system does not tell
   * @param heapUsedBytes of Java, garbage included
   * @param heapCommittedBytes that Java holds for its heap
   * @param directBytes of Java's direct buffers
   */
  public record Sample(
      long targetTokens,
      double seconds,
      Long residentBytes,
      long heapUsedBytes,
      long heapCommittedBytes,
      long directBytes) {}

  /**
   * What came of it.
   *
   * @param samples in their order, at least one
   * @param bytesPerSentence that all threads allocated on Java's heap, after the first tenth; empty
   *     if nothing was translated after that
   */
  public record Result(List<Sample> samples, OptionalDouble bytesPerSentence) {

    /** Copies the list. */
    public Result {
      samples = List.copyOf(samples);
    }

    /**
     * Bytes that the resident memory grew by a target token, after the first tenth of them: the
     * slope of the line through the samples. Empty if fewer than two have it.
     */
    public OptionalDouble residentGrowth() {
      double last = samples.get(samples.size() - 1).targetTokens();
      SimpleRegression line = new SimpleRegression();
      for (Sample sample : samples) {
        if (sample.residentBytes() != null && sample.targetTokens() >= WARM * last) {
          line.addData((double) sample.targetTokens(), (double) sample.residentBytes());
        }
      }
      return line.getN() < 2 ? OptionalDouble.empty() : OptionalDouble.of(line.getSlope());
    }
  }

  /**
   * Translates until so many target tokens were made.
   *
   * @param callers threads that call the translator, above 0
   * @param tokens above 0
   */
  public Result run(int callers, long tokens, Listener listener) throws IOException {
    List<Sample> samples = new ArrayList<>();
    long start = System.nanoTime();
    long made = 0;
    long next = 0; // batch
    boolean warm = false;
    long bytesBefore = allocatedBytes();
    long sentencesBefore = 0;
    try (Callers threads = new Callers(callers)) {
      while (made < tokens) {
        long first = next;
        if (!warm && made >= WARM * tokens) {
          warm = true;
          bytesBefore = allocatedBytes();
          sentencesBefore = sentences.sum();
        }
        threads.run(callers, i -> translate(Math.floorMod(first + i, batches.size())));
        for (int i = 0; i < callers; i++) {
          made += targetTokens[Math.floorMod(next++, batches.size())];
        }
        if (made >= tokens || made * SAMPLES / tokens > samples.size()) {
          samples.add(sample(made, (System.nanoTime() - start) / 1e9));
          listener.sampled(samples.get(samples.size() - 1));
        }
      }
      double bytes = (double) allocatedBytes() - bytesBefore;
      long measured = warm ? sentences.sum() - sentencesBefore : 0;
      return new Result(
          samples, measured == 0 ? OptionalDouble.empty() : OptionalDouble.of(bytes / measured));
    }
  }

  /** By the threads that live; those that translate live as long as translator and callers. */
  private static long allocatedBytes() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private void translate(int index) {
    List<String> texts = batches.get(index);
    List<Translation> translations = translator.translate(texts, options);
    sentences.add(texts.size());
    if (targetTokens[index] == 0) {
      // At least 1, for else a model that says nothing would never come to an end.
      targetTokens[index] = Math.max(1, translations.stream().mapToLong(this::tokens).sum());
    }
  }

  /** Without the end token. */
  private long tokens(Translation translation) {
    return tokenizer.encode(translation.text()).length - 1L;
  }

  private static Sample sample(long tokens, double seconds) throws IOException {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    OptionalLong resident = ProcessMemory.residentBytes();
    return new Sample(
        tokens,
        seconds,
        resident.isPresent() ? resident.getAsLong() : null,
        heap.getUsed(),
        heap.getCommitted(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum());
  }
}
