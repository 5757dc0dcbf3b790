package io.streamglot.app.recording;

/** What to do about a recording that is damaged, or of another version. */
public enum Damage {
  /** Use nothing of it. */
  REFUSE,
  /** Use what can be read, and say what was skipped. */
  SALVAGE
}
