package io.streamglot.benchmarks.decoding;

import io.streamglot.translator.BundleTranslator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a fresh process takes to its first translation.
 *
 * <p>The process prints a line as it ends each stage; the measuring one takes the time when the
 * line arrives, so that Java's own start counts too.
 */
public final class Startup {

  private static final String TEXT = "Where is the station?";

  private Startup() {}

  /** What happens between the start of a process and its first translation, in this order. */
  public enum Stage {
    /** Java starts and loads the first class. */
    JAVA,
    /** The bundle is opened and its hashes are verified. */
    BUNDLE,
    /** Tokenizer and graph are loaded. */
    MODEL,
    /** One sentence is translated. */
    TRANSLATION
  }

  /**
   * Starts a process with the options of this one.
   *
   * @param beam hypotheses kept
   * @return for each stage the milliseconds that it took
   * @throws IOException if the process fails; the message is what it said last
   */
  public static Map<Stage, Double> measure(Path bundle, int beam) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Startup.class.getName()));
    command.addAll(List.of(bundle.toString(), Integer.toString(beam)));
    long before = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Map<Stage, Double> millis = new EnumMap<>(Stage.class);
    Deque<Stage> ahead = new ArrayDeque<>(List.of(Stage.values()));
    String other = "nothing";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        if (!ahead.isEmpty() && line.equals(ahead.peek().name())) {
          millis.put(ahead.remove(), (now - before) / 1e6);
          before = now;
        } else {
          other = line;
        }
      }
    } finally {
      process.destroy();
    }
    if (!ahead.isEmpty()) {
      throw new IOException(
          "%s: process: expected the stage %s, actual end; it said last: %s"
              .formatted(bundle, ahead.peek(), other));
    }
    return millis;
  }

  /** The process that is measured. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    out.println(Stage.JAVA);
    ModelBundle bundle = ModelBundle.open(Path.of(arguments[0]));
    out.println(Stage.BUNDLE);
    try (BundleTranslator translator = BundleTranslator.open(bundle, DecoderSettings.DEFAULT)) {
      out.println(Stage.MODEL);
      int beam = Integer.parseInt(arguments[1]);
      translator.translate(List.of(TEXT), bundle.manifest().search().withBeamSize(beam));
      out.println(Stage.TRANSLATION);
    }
  }
}
