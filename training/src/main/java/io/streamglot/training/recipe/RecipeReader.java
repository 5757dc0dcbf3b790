package io.streamglot.training.recipe;

import java.io.StringReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the YAML of a recipe into a draft: which text is given for which setting, and where. */
final class RecipeReader {

  /** Key of the format version. */
  static final String FORMAT = "recipe";

  private final String file;
  private final RecipeDraft draft;

  /**
   * A reader.
   *
   * @param file names the text in messages
   * @param draft gets the values, and the problems
   */
  RecipeReader(String file, RecipeDraft draft) {
    this.file = file;
    this.draft = draft;
  }

  /**
   * Reads a whole file.
   *
   * @throws RecipeException if it is no YAML or of another format version; what else is wrong the
   *     draft gets to know
   */
  void read(String text) throws RecipeException {
    Node root = compose(text);
    if (!(root instanceof MappingNode settings)) {
      throw new RecipeException(
          List.of(file + ": expected settings such as 'recipe: 1', actual something else"));
    }
    requireFormatVersion(settings);
    readSection("", settings);
  }

  private Node compose(String text) throws RecipeException {
    try {
      return new Yaml().compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new RecipeException(
          "%s:%d: expected YAML, actual %s"
              .formatted(file, e.getProblemMark().getLine() + 1, e.getProblem()),
          e);
    } catch (YAMLException e) {
      throw new RecipeException(file + ": expected YAML, actual " + e.getMessage(), e);
    }
  }

  private void requireFormatVersion(MappingNode settings) throws RecipeException {
    Optional<Node> version =
        settings.getValue().stream()
            .filter(entry -> textOf(entry.getKeyNode()).equals(FORMAT))
            .findFirst()
            .map(NodeTuple::getValueNode);
    String actual = version.map(RecipeReader::textOf).orElse("nothing");
    if (!actual.equals(Integer.toString(Recipe.FORMAT_VERSION))) {
      throw new RecipeException(
          List.of(
              "%s: %s: expected %d, the version of the format, actual %s"
                  .formatted(
                      version.map(this::place).orElse(file),
                      FORMAT,
                      Recipe.FORMAT_VERSION,
                      actual)));
    }
  }

  /**
   * Reads the settings of a section. A section is entered only where the list of settings has one,
   * so aliases cannot lead astray.
   */
  private void readSection(String prefix, MappingNode section) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : section.getValue()) {
      String key = prefix + textOf(entry.getKeyNode());
      String where = place(entry.getKeyNode()) + ": " + key;
      Node value = entry.getValueNode();
      if (!seen.add(key)) {
        draft.problem(where + ": expected once, actual twice");
      } else if (Setting.ofKey(key).isPresent()) {
        readValue(Setting.ofKey(key).get(), where, value);
      } else if (isSection(key + ".")) {
        if (value instanceof MappingNode inner) {
          readSection(key + ".", inner);
        } else {
          draft.problem(
              "%s: expected the settings %s, actual a value".formatted(where, names(key + ".")));
        }
      } else if (!key.equals(FORMAT)) {
        draft.problem(
            "%s: expected one of %s, actual an unknown setting".formatted(where, names(prefix)));
      }
    }
  }

  private void readValue(Setting setting, String where, Node value) {
    if (value instanceof ScalarNode scalar) {
      draft.set(setting, List.of(scalar.getValue()), where);
    } else if (value instanceof SequenceNode list
        && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      draft.set(setting, list.getValue().stream().map(RecipeReader::textOf).toList(), where);
    } else {
      draft.problem("%s: expected %s, actual a nested value".formatted(where, setting.expected()));
    }
  }

  private static boolean isSection(String prefix) {
    return Arrays.stream(Setting.values()).anyMatch(setting -> setting.key().startsWith(prefix));
  }

  /** What may stand in a section, for a message. */
  private static String names(String prefix) {
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String textOf(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "a nested value";
  }

  private String place(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }
}
