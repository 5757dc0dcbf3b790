package io.streamglot.benchmarks.decoding;

import io.streamglot.benchmarks.profile.KernelCall;
import io.streamglot.benchmarks.profile.Profile;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Decodes a file once with ONNX Runtime's profiler on.
 *
 * @param bundle name, version and hash
 * @param settings of the run
 * @param sentences decoded
 * @param profile what the profiler saw
 * @param plainMicros that the same calls took with the profiler off, in microseconds
 * @param recurrent calls of the decoder's recurrent product, one a step; empty if the profile does
 *     not tell
 * @param neededRows rows of it that hypotheses needed
 */
public record ProfiledRun(
    String bundle,
    RunSettings settings,
    int sentences,
    Profile profile,
    long plainMicros,
    List<KernelCall> recurrent,
    long neededRows) {

  private static final Map<String, Integer> GATES = Map.of("rnn", 1, "gru", 3, "lstm", 4);

  /**
   * Decodes the texts, sorted by length. Each call is made between two of a decoder without
   * profiler, whose mean is its plain time.
   *
   * @throws IOException if bundle or profile cannot be read
   */
  public static ProfiledRun of(Candidate candidate, RunSettings settings, List<String> texts)
      throws IOException {
    Path folder = Files.createTempDirectory("streamglot-profile-");
    try {
      long needed = 0;
      long plainNanos = 0;
      String bundle;
      Workload workload;
      Map<String, String> architecture;
      Path prefix = folder.resolve("profile");
      try (LoadedModel plain = LoadedModel.open(candidate, DecoderSettings.DEFAULT);
          LoadedModel profiled =
              LoadedModel.open(candidate, new DecoderSettings(1).withProfile(prefix))) {
        bundle = Bundles.describe(plain.bundle());
        architecture = plain.bundle().manifest().architecture();
        // Tokens do not tell when a hypothesis was given up.
        SearchOptions options = plain.search(settings).withPruning(0);
        workload = Workload.of(texts, List.of(plain), Workload.Order.SORTED);
        List<List<int[]>> batches = workload.batches(0, settings.batch());
        for (List<int[]> batch : batches) {
          long before = nanos(plain, batch, options);
          profiled.decoder().decode(batch, options);
          plainNanos += (before + nanos(plain, batch, options)) / 2;
        }
        for (List<int[]> batch : batches) { // last, so that both decoders began cold
          needed += plain.decoder().liveRows(batch, options);
        }
      }
      Profile profile = Profile.read(onlyFile(folder));
      List<KernelCall> recurrent =
          profile.recurrentProduct(
              Long.parseLong(architecture.getOrDefault("decoderSize", "0")),
              GATES.getOrDefault(architecture.getOrDefault("cell", ""), 1));
      return new ProfiledRun(
          bundle,
          settings,
          workload.sentences(),
          profile,
          TimeUnit.NANOSECONDS.toMicros(plainNanos),
          recurrent,
          needed);
    } finally {
      delete(folder);
    }
  }

  private static long nanos(LoadedModel model, List<int[]> batch, SearchOptions options) {
    long start = System.nanoTime();
    model.decoder().decode(batch, options);
    return System.nanoTime() - start;
  }

  /** Steps of all searches together; 0 if the profile does not tell. */
  public int steps() {
    return recurrent.size();
  }

  /** Rows of these steps. */
  public long computedRows() {
    return recurrent.stream().mapToLong(call -> call.inputs().get(0).get(0)).sum();
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .findFirst()
          .orElseThrow(() -> new IOException(folder + ": profile: expected a file, actual none"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
