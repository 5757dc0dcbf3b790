package io.streamglot.training.cli;

import io.streamglot.training.recipe.RecipeDraft;
import io.streamglot.training.recipe.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A flag for each setting of a recipe, in the help under the recipe's own sections. */
final class RecipeOptions {

  private final List<Setting> settings;

  /**
   * Flags for all settings but the notes, which are a file on the command line, and not its text.
   *
   * @param fixed settings that are the command's own to make
   */
  RecipeOptions(Set<Setting> fixed) {
    this.settings =
        Arrays.stream(Setting.values())
            .filter(setting -> setting != Setting.NOTES && !fixed.contains(setting))
            .toList();
  }

  /**
   * Adds the flags.
   *
   * @param defaults what the help names as default; a setting that it lacks has none
   */
  void addTo(CommandSpec command, RecipeDraft defaults) {
    Map<String, ArgGroupSpec.Builder> sections = new LinkedHashMap<>();
    for (Setting setting : settings) {
      sections
          .computeIfAbsent(section(setting), name -> group(name, sections.size()))
          .addArg(option(setting, defaults));
    }
    sections.values().forEach(section -> command.addArgGroup(section.build()));
  }

  /** Puts the flags that were given into the draft. */
  void override(RecipeDraft draft, CommandSpec command) {
    for (Setting setting : settings) {
      String[] texts = command.findOption(setting.flag()).getValue();
      if (texts != null) {
        draft.set(setting, List.of(texts), setting.flag());
      }
    }
  }

  private static ArgGroupSpec.Builder group(String name, int order) {
    return ArgGroupSpec.builder()
        .heading("%n" + name + ":%n")
        .order(order)
        .exclusive(false)
        .validate(false);
  }

  private static String section(Setting setting) {
    int dot = setting.key().indexOf('.');
    return dot < 0 ? "Model bundle" : capitalised(setting.key().substring(0, dot));
  }

  private static OptionSpec option(Setting setting, RecipeDraft defaults) {
    return OptionSpec.builder(setting.flag())
        .type(String[].class)
        .arity(setting.mostTexts() == 1 ? "1" : "1.." + setting.mostTexts())
        .paramLabel(setting.label())
        .description(
            capitalised(setting.meaning())
                + defaults.textOf(setting).map(" (default: %s)."::formatted).orElse("."))
        .build();
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
