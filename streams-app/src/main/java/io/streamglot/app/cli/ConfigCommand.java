package io.streamglot.app.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the settings that {@code run} would work with; reaches for no Kafka and opens no model. */
@Command(
    name = "config",
    description = "Check the settings of 'run', and show what they are.",
    footer = {
      "",
      "Reads the file and the environment as 'run' does. What is wrong is a line each, and exit code",
      "2. Otherwise every setting of Streamglot is printed, and those of Kafka that the file, the",
      "environment, the preset or Streamglot itself sets; all others are Kafka's own defaults.",
      "A setting that Kafka does not know is a plug-in's or misspelt: a warning names it.",
      "Passwords, keys, what config providers filled in and what Kafka does not know are [hidden].",
      "",
      "Output:",
      "  KEY=VALUE",
      "and with --explain below each:",
      "    from: file, the name of an environment variable, preset NAME, or default",
      "    expects: what a value has to be",
      "",
      "Example:",
      "  ./streamglot config --config streams-app/config/streamglot.properties --explain"
    })
final class ConfigCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Properties file, the one of 'run'.")
  private Path config;

  @Option(
      names = "--explain",
      description = "Say of each setting where it comes from and what it expects.")
  private boolean explain;

  @Spec private CommandSpec spec;

  private final Map<String, String> environment;
  private final Output out;

  ConfigCommand(Map<String, String> environment, Output out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    EffectiveSettings effective = EffectiveSettings.of(SettingValues.read(config, environment));
    effective.warnings().forEach(line -> Notice.warn(spec, line));
    for (EffectiveSetting setting : effective.settings()) {
      out.print(setting.key() + "=" + setting.value() + "\n");
      if (explain) {
        out.print("    from: " + setting.origin() + "\n");
        out.print("    expects: " + setting.expected() + "\n");
      }
    }
    return 0;
  }
}
