package io.streamglot.app.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Standard output. A {@link PrintWriter} drops what it cannot write and says nothing; this one
 * remembers why, so that a command can stop.
 */
final class Output extends PrintWriter {
  private final Sink sink;

  Output(Writer target) {
    this(new Sink(target));
  }

  private Output(Sink sink) {
    super(sink);
    this.sink = sink;
  }

  /**
   * Flushes, and checks that all was written so far.
   *
   * @throws ClosedPipeException if the reader of the pipe has gone
   * @throws UserErrorException if it could not be written for another reason
   */
  void requireWritten() {
    if (checkError()) {
      String reason = sink.problem == null ? "closed" : sink.problem.getMessage();
      throw "Broken pipe".equals(reason)
          ? new ClosedPipeException()
          : new UserErrorException(
              "standard output: expected that it can be written, actual: " + reason);
    }
  }

  /** Nobody reads the output any more: no reason to say a word, and none to go on. */
  static final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a shell reports for a program that wrote to a closed pipe: 128 + SIGPIPE. */
    static final int EXIT_CODE = 141;
  }

  private static final class Sink extends FilterWriter {
    private volatile IOException problem;

    Sink(Writer target) {
      super(target);
    }

    @Override
    public void write(int character) throws IOException {
      attempt(() -> super.write(character));
    }

    @Override
    public void write(char[] characters, int from, int count) throws IOException {
      attempt(() -> super.write(characters, from, count));
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
      attempt(() -> super.write(text, from, count));
    }

    @Override
    public void flush() throws IOException {
      attempt(super::flush);
    }

    private void attempt(Write write) throws IOException {
      try {
        write.run();
      } catch (IOException e) {
        problem = e;
        throw e;
      }
    }

    @FunctionalInterface
    private interface Write {
      void run() throws IOException;
    }
  }
}
