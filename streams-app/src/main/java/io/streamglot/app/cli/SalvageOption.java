package io.streamglot.app.cli;

import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingException;
import picocli.CommandLine.Option;

/** What to do about a damaged recording, for the commands that read one. */
final class SalvageOption {
  @Option(
      names = "--salvage",
      description = "Use what can be read of a damaged recording, and say what was skipped.")
  private boolean salvage;

  Damage damage() {
    return salvage ? Damage.SALVAGE : Damage.REFUSE;
  }

  /** What to tell the user about a recording that was refused. */
  static UserErrorException refused(RecordingException problem) {
    return new UserErrorException(
        problem.getMessage() + (problem.isDamage() ? "; --salvage uses what can be read" : ""));
  }
}
