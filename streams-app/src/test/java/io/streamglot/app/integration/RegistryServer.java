package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Apicurio Registry as a process, with all it knows in memory. The build puts it into {@code
 * target/registry}; it needs a JDK that is newer than ours.
 */
final class RegistryServer implements AutoCloseable {

  private static final int NEEDED_JAVA = 21;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Path FOLDER = Path.of("target/registry").toAbsolutePath();
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  private RegistryServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Why it cannot be started; empty if it can. */
  static Optional<String> hindrance() {
    if (java().isEmpty()) {
      return Optional.of(
          "expected a JDK of version %d or later in /usr/lib/jvm or JAVA%d_HOME, actual none"
              .formatted(NEEDED_JAVA, NEEDED_JAVA));
    }
    return Files.exists(FOLDER.resolve("quarkus-run.jar"))
        ? Optional.empty()
        : Optional.of("expected a registry in %s, actual none".formatted(FOLDER));
  }

  /** Starts it on a free port and waits until it answers. */
  static RegistryServer start(Path logFolder) throws IOException, InterruptedException {
    int port = freePort();
    var process =
        new ProcessBuilder(
                java().orElseThrow().toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=0", // whichever is free
                "-jar",
                FOLDER.resolve("quarkus-run.jar").toString())
            .redirectErrorStream(true)
            .redirectOutput(logFolder.resolve("registry.log").toFile())
            .start();
    var server =
        new RegistryServer(
            process, URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(port)));
    server.awaitStart();
    return server;
  }

  URI url() {
    return url;
  }

  /** Registers a schema as another program would, and gives its id. */
  int register(String subject, Schema schema) throws IOException, InterruptedException {
    return register(subject, schema.toString());
  }

  /** Registers the text of a schema, and gives its id. */
  int register(String subject, String schema) throws IOException, InterruptedException {
    var body = JSON.createObjectNode().put("schema", schema).toString();
    var request =
        HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body()).path("id").intValue();
  }

  /** The schema of an id, as another program would ask for it. */
  Schema schema(int id) throws IOException, InterruptedException {
    var body = get("/schemas/ids/" + id).body();
    return new Schema.Parser().parse(JSON.readTree(body).path("schema").asText());
  }

  /** How many versions a subject has; 0 where it is not there. */
  int versions(String subject) throws IOException, InterruptedException {
    var response = get("/subjects/" + subject + "/versions");
    return response.statusCode() == 200 ? JSON.readTree(response.body()).size() : 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private java.net.http.HttpResponse<String> get(String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
  }

  private void awaitStart() throws InterruptedException {
    long begin = System.nanoTime();
    while (!isUp()) {
      if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
        close();
        throw new IllegalStateException("registry: expected to start, actual not; see its log");
      }
      Thread.sleep(100);
    }
  }

  private boolean isUp() throws InterruptedException {
    try {
      return get("/subjects").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Our own JVM where it is new enough, else one that is. */
  private static Optional<Path> java() {
    if (Runtime.version().feature() >= NEEDED_JAVA) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    var named = System.getenv("JAVA" + NEEDED_JAVA + "_HOME");
    if (named != null) {
      return Optional.of(Path.of(named, "bin", "java"));
    }
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(home -> version(home) >= NEEDED_JAVA)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The first number of {@code JAVA_VERSION="25.0.1"} in a JDK's file {@code release}; 0 if none.
   */
  private static int version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
