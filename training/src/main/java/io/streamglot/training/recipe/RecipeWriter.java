package io.streamglot.training.recipe;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.NonPrintableStyle;
import org.yaml.snakeyaml.Yaml;

/**
 * Writes a recipe as YAML: a section for each part of a key before a dot, one setting a line, and
 * what it means as a comment.
 */
final class RecipeWriter {

  private static final String INDENT = "  ";

  /** Column at which comments begin. */
  private static final int COMMENT = 32;

  private final StringBuilder out = new StringBuilder();

  private RecipeWriter() {}

  /**
   * The text of a file.
   *
   * @param values a value for each setting
   */
  static String write(Map<Setting, Object> values) {
    RecipeWriter writer = new RecipeWriter();
    writer.line(RecipeReader.FORMAT + ": " + Recipe.FORMAT_VERSION, "version of this format");
    List<String> before = List.of();
    for (Setting setting : Setting.values()) {
      List<String> path = List.of(setting.key().split("\\.", -1));
      writer.openSections(before, path);
      writer.setting(path, setting, SettingType.texts(values.get(setting)));
      before = path;
    }
    return writer.out.toString();
  }

  /** Settings of one section stand together, so what the one before has not opened is new. */
  private void openSections(List<String> before, List<String> path) {
    for (int depth = 1; depth < path.size(); depth++) {
      if (before.size() <= depth || !before.subList(0, depth).equals(path.subList(0, depth))) {
        out.append(depth == 1 ? "\n" : "")
            .append(INDENT.repeat(depth - 1))
            .append(path.get(depth - 1))
            .append(":\n");
      }
    }
  }

  private void setting(List<String> path, Setting setting, List<String> texts) {
    String name = path.get(path.size() - 1);
    String text =
        switch (setting.type().kind()) {
          case WORD -> name + ": " + texts.get(0);
          case LIST -> name + ": " + yaml(texts, FlowStyle.FLOW);
          case TEXT -> yaml(Map.of(name, texts.get(0)), FlowStyle.BLOCK);
        };
    if (text.endsWith("\n")) {
      out.append("\n# ").append(setting.meaning()).append('\n').append(text);
    } else {
      line(INDENT.repeat(path.size() - 1) + text, setting.meaning());
    }
  }

  private void line(String text, String comment) {
    out.append(text)
        .append(" ".repeat(Math.max(1, COMMENT - text.length())))
        .append("# ")
        .append(comment)
        .append('\n');
  }

  /** One line without its end, or several with theirs. */
  private static String yaml(Object value, FlowStyle style) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(style);
    options.setNonPrintableStyle(NonPrintableStyle.ESCAPE);
    options.setSplitLines(false);
    String text = new Yaml(options).dump(value);
    return text.indexOf('\n') == text.length() - 1 ? text.strip() : text;
  }
}
