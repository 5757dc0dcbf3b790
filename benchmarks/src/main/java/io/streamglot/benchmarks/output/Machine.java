package io.streamglot.benchmarks.output;

import io.streamglot.translator.decode.Decoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a measurement ran on, so that its raw output explains itself. */
public final class Machine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One line each: date, processor and cores, Java, ONNX Runtime. */
  public static List<String> lines() {
    return List.of(
        "date       " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
        "processor  %s, %d cores"
            .formatted(
                processor().orElse("of unknown model"), Runtime.getRuntime().availableProcessors()),
        "java       %s, %s"
            .formatted(Runtime.version(), System.getProperty("java.vm.name", "unknown")),
        "decoder    ONNX Runtime " + Decoder.runtimeVersion());
  }

  private static Optional<String> processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // Not Linux.
    }
  }
}
