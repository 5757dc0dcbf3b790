package io.streamglot.benchmarks.decoding;

import io.streamglot.benchmarks.decoding.Measurement.Round;
import io.streamglot.translator.bundle.SearchOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Times candidates on the same sentences, which were encoded before.
 *
 * @param models at least one; the others are compared with the first
 * @param workload theirs
 * @param measuredRounds at least 1; one more goes before
 */
public record DecodeBenchmark(List<LoadedModel> models, Workload workload, int measuredRounds) {

  /** Runs a cell of the grid: in each round every candidate takes its turn. */
  public List<Measurement> measure(RunSettings cell) {
    List<Run> runs = new ArrayList<>();
    try {
      for (int i = 0; i < models.size(); i++) {
        runs.add(new Run(i, models.get(i).candidate().in(cell)));
      }
      List<List<int[]>> best = runs.stream().map(Run::decode).toList();
      for (int round = 0; round < measuredRounds; round++) {
        runs.forEach(Run::time);
      }
      List<Measurement> measurements = new ArrayList<>();
      for (Run run : runs) {
        measurements.add(run.measurement(cell, best.get(run.index), best.get(0)));
      }
      return measurements;
    } finally {
      runs.forEach(Run::close);
    }
  }

  /** One candidate in a cell. */
  private final class Run {

    private final int index;
    private final RunSettings settings;
    private final LoadedModel model;
    private final List<List<int[]>> batches;
    private final SearchOptions options;
    private final Callers callers;
    private final List<Round> rounds = new ArrayList<>();

    Run(int index, RunSettings settings) {
      this.index = index;
      this.settings = settings;
      this.model = models.get(index);
      this.batches = workload.batches(index, settings.batch());
      this.options = model.search(settings);
      this.callers = new Callers(settings.threads());
    }

    /** The unmeasured round, which keeps what it finds: the best tokens of each sentence. */
    List<int[]> decode() {
      List<List<int[]>> best = new ArrayList<>(Collections.nCopies(batches.size(), List.of()));
      callers.run(batches.size(), i -> best.set(i, model.best(batches.get(i), options)));
      return best.stream().flatMap(List::stream).toList();
    }

    void time() {
      double[] millis = new double[batches.size()];
      double seconds =
          callers.run(
              batches.size(),
              i -> {
                long start = System.nanoTime();
                model.decoder().decode(batches.get(i), options);
                millis[i] = (System.nanoTime() - start) / 1e6;
              });
      rounds.add(new Round(seconds, DoubleStream.of(millis).boxed().toList()));
    }

    Measurement measurement(RunSettings cell, List<int[]> best, List<int[]> expected) {
      int same = 0;
      for (int i = 0; i < best.size(); i++) {
        same += Arrays.equals(best.get(i), expected.get(i)) ? 1 : 0;
      }
      return new Measurement(
          index,
          cell,
          settings,
          workload.sentences(),
          workload.sourceTokens(index),
          best.stream().mapToLong(tokens -> tokens.length).sum(),
          same,
          rounds);
    }

    void close() {
      callers.close();
    }
  }
}
