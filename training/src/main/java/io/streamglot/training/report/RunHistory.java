package io.streamglot.training.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run measured from its first step on, however often it was interrupted: a file with a line
 * of JSON for each entry, in the order of the steps. Not thread-safe.
 */
public final class RunHistory {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Entry> entries;

  private RunHistory(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = new ArrayList<>(entries);
  }

  /** A line of the file; {@code kind} says which. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StepMeans.class, name = "steps"),
    @JsonSubTypes.Type(value = ValidationResult.class, name = "validation")
  })
  public sealed interface Entry permits StepMeans, ValidationResult {

    /** The last step that it tells of. */
    int step();
  }

  /**
   * Opens the history of a run that goes on, or begins. Steps that were made after the checkpoint
   * are made again, so what the file says of them is removed; so is a last line that a kill cut
   * short.
   *
   * @param file made if it does not exist
   * @param firstStep the step that comes next
   * @throws IOException if the file cannot be read or written, or is no history
   */
  public static RunHistory open(Path file, int firstStep) throws IOException {
    List<Entry> kept = Files.exists(file) ? read(file) : new ArrayList<>();
    kept.removeIf(entry -> entry.step() >= firstStep);
    StringBuilder lines = new StringBuilder();
    for (Entry entry : kept) {
      lines.append(line(entry));
    }
    Path staging = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(staging, lines);
    Files.move(staging, file, StandardCopyOption.REPLACE_EXISTING);
    return new RunHistory(file, kept);
  }

  /** Adds an entry, and appends it to the file at once. */
  public void add(Entry entry) throws IOException {
    Files.writeString(file, line(entry), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    entries.add(entry);
  }

  /** Means over the steps, in order. */
  public List<StepMeans> steps() {
    return only(StepMeans.class);
  }

  /** The validations, in order. */
  public List<ValidationResult> validations() {
    return only(ValidationResult.class);
  }

  private <T extends Entry> List<T> only(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Entry> read(Path file) throws IOException {
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<Entry> entries = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      try {
        entries.add(JSON.readValue(line, Entry.class));
      } catch (JsonProcessingException e) {
        throw new IOException(
            "%s:%d: expected an entry of a run's history, actual %s"
                .formatted(file, entries.size() + 1, e.getOriginalMessage()),
            e);
      }
    }
    return entries;
  }

  private static String line(Entry entry) throws JsonProcessingException {
    return JSON.writeValueAsString(entry) + "\n";
  }
}
