package io.streamglot.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One life of an instance of the program.
 *
 * @param number which instance, from 1
 * @param log what it says
 */
record Instance(int number, Process process, Path log) {

  private static final Pattern TRANSACTIONAL_ID = Pattern.compile("transactionalId=([^],]+)");

  private static final Pattern CLIENT_ID = Pattern.compile("clientId=([^],]+-StreamThread-)");

  /** What Kafka's client says when a stream thread has made its producer. */
  private static final String PRODUCER = "Instantiated a";

  /** The ids under which it writes, as its log tells; none before it has connected. */
  List<String> transactionalIds() {
    return lines()
        .flatMap(line -> TRANSACTIONAL_ID.matcher(line).results().map(found -> found.group(1)))
        .distinct()
        .toList();
  }

  /**
   * Whether it works, with partitions or without; before that a signal ends it like any process.
   */
  boolean isUp() {
    return lines().anyMatch(line -> line.contains(PRODUCER));
  }

  /** What it said last. */
  String lastWords() {
    return lines().reduce((first, second) -> second).orElse("nothing");
  }

  /** Whether a consumer of this id is its own. */
  boolean owns(String clientId) {
    return lines()
        .flatMap(line -> CLIENT_ID.matcher(line).results().map(found -> found.group(1)))
        .anyMatch(clientId::startsWith);
  }

  private Stream<String> lines() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
