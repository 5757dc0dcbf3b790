package io.streamglot.app.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium. */
record Browser(Path program) {

  /** The first on the PATH; empty where there is none. */
  static Optional<Browser> find() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /**
   * Opens a page, lets its script run, and gives back what became of it.
   *
   * @param page a file
   * @param fragment what follows {@code #} in the address
   * @param profile a folder for what the browser keeps
   * @param options further ones of the command line
   */
  String open(Path page, String fragment, Path profile, String... options)
      throws IOException, InterruptedException {
    Path out = profile.resolveSibling(profile.getFileName() + ".html");
    List<String> command =
        Stream.concat(
                Stream.of(
                    program.toString(),
                    "--headless",
                    "--no-sandbox", // which root may not use
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--user-data-dir=" + profile,
                    "--dump-dom"),
                Stream.concat(Arrays.stream(options), Stream.of(page.toUri() + "#" + fragment)))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + ": expected an end within 60 s, actual none");
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
