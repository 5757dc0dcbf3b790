package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * {@link TranslateApp}, or the program itself, in a JVM of its own. Closing kills it, if it still
 * runs.
 */
final class AppProcess implements AutoCloseable {

  private static final int KILLED = 128 + 9;

  private final Process process;
  private final BufferedReader output;

  private AppProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static AppProcess start(Broker broker, String guarantee, Duration linger) throws IOException {
    return new AppProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TranslateApp.class.getName(),
                broker.bootstrapServers(),
                Model.FOLDER.toString(),
                guarantee,
                Long.toString(linger.toMillis()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /**
   * Starts {@code run}, the program that users run, with the shipped model.
   *
   * @param folder takes its settings, its state and {@code log}, which is what it says
   */
  static AppProcess startProgram(Broker broker, Path folder, Map<String, String> settings)
      throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("streamglot.models", Model.FOLDER.toString());
    properties.put("streamglot.http.enabled", "off");
    properties.put("streamglot.cache.max.bytes", "0"); // sentences come again; each is to be work
    properties.put("state.dir", folder.resolve("state").toString());
    Files.createDirectories(folder);
    var config = folder.resolve("app.properties");
    try (var out = Files.newBufferedWriter(config)) {
      properties.store(out, null);
    }
    return new AppProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.streamglot.app.cli.StreamglotMain",
                "run",
                "--config",
                config.toString())
            .redirectError(folder.resolve("log").toFile())
            .start());
  }

  void requireAlive() {
    assertThat(process.isAlive()).as("application is running").isTrue();
  }

  /** Waits until the application has sent one more translation, committed or not. */
  void awaitAnswer() throws IOException {
    assertThat(output.readLine()).isEqualTo(TranslateApp.ANSWERED);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor()).as("ended by SIGKILL").isEqualTo(KILLED);
  }

  /** Asks it to stop, and waits. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor()).as("exit code").isZero();
  }

  /** SIGTERM, to the program. */
  void terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor()).as("exit code").isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
