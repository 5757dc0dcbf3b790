package io.streamglot.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a test starts the program as a process of its own. */
final class ProgramProcess {
  private ProgramProcess() {}

  /**
   * The program with these arguments, not started.
   *
   * @param folder gets {@code tmp}, its folder of temporary files
   */
  static ProcessBuilder builder(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                StreamglotMain.class.getName()));
    if (Runtime.version().feature() >= 24) {
      // As the launcher and the jar's manifest: newer Javas warn of what libraries do.
      command.addAll(
          1,
          List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    }
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
