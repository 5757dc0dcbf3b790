package io.streamglot.app.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Right translations of messages, as people made them. Held in memory. */
public final class ReferenceTexts {

  /** Of no message. */
  public static final ReferenceTexts NONE = new ReferenceTexts(Map.of());

  private final Map<OutcomeKey, List<String>> texts;

  private ReferenceTexts(Map<OutcomeKey, List<String>> texts) {
    this.texts = texts;
  }

  /**
   * Reads a file of lines with tabs: message id, target language, then one reference or more. A
   * message may have several lines.
   *
   * @throws ComparisonException if the file cannot be read, or a line is otherwise
   */
  public static ReferenceTexts read(Path file) {
    Map<OutcomeKey, List<String>> texts = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 3 || Arrays.stream(fields).anyMatch(String::isBlank)) {
          throw new ComparisonException(
              "%s, line %d: expected message id, target language and references, separated by tabs, actual %s"
                  .formatted(
                      file,
                      number,
                      fields.length < 3 ? fields.length + " fields" : "a blank field"));
        }
        texts
            .computeIfAbsent(new OutcomeKey(fields[0], fields[1]), key -> new ArrayList<>(1))
            .addAll(Arrays.asList(fields).subList(2, fields.length));
        number++;
      }
    } catch (NoSuchFileException e) {
      throw new ComparisonException(file + ": expected references, actual no such file");
    } catch (CharacterCodingException e) {
      throw new ComparisonException(file + ": expected UTF-8, actual other bytes");
    } catch (IOException e) {
      throw new ComparisonException(
          "%s: expected a file that can be read, actual: %s".formatted(file, e.getMessage()));
    }
    return new ReferenceTexts(texts);
  }

  /** The references of a message, empty where it has none. */
  List<String> of(OutcomeKey key) {
    return texts.getOrDefault(key, List.of());
  }
}
