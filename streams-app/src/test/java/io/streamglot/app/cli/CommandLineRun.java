package io.streamglot.app.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a command did when it was run inside the test's JVM. */
record CommandLineRun(int exitCode, String out, String err) {
  /** The bundle that ships. */
  static final Path SHIPPED_MODEL = Path.of("..", "models", "en-fr");

  static CommandLineRun of(byte[] input, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Output output = new Output(out);
    int exitCode =
        StreamglotMain.execute(
            StreamglotMain.commandLine(
                new ByteArrayInputStream(input), output, new PrintWriter(err), environment),
            output,
            arguments);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }

  static CommandLineRun of(String input, String... arguments) {
    return of(input.getBytes(StandardCharsets.UTF_8), Map.of(), arguments);
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
