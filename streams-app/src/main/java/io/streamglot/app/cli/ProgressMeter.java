package io.streamglot.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a command is: a bar where standard error is a terminal, else a line now and then.
 */
final class ProgressMeter implements AutoCloseable {

  /** System property that the launcher sets where standard error is a terminal. */
  private static final String TERMINAL = "streamglot.terminal";

  private static final int BAR_MILLIS = 500;
  private static final int WIDTH = 100;

  private final ProgressBar bar;
  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean(TERMINAL);

  /**
   * Begins to show.
   *
   * @param unit of what is counted
   * @param total at the end, or -1 where it is not known; without one, or where it is 0, what is
   *     done is shown and no share
   */
  ProgressMeter(PrintWriter err, String task, String unit, long total) {
    this.err = err;
    var builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(" " + unit, 1)
            .setInitialMax(total)
            .setStyle(terminal ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? BAR_MILLIS : (int) TimeUnit.SECONDS.toMillis(10))
            .setConsumer(new DelegatingProgressBarConsumer(this::show, WIDTH));
    if (total <= 0) {
      builder.setRenderer((state, width) -> "%s: %d %s".formatted(task, state.getCurrent(), unit));
    }
    bar = builder.build();
  }

  void stepTo(long done) {
    bar.stepTo(done);
  }

  private void show(String line) {
    if (terminal) {
      err.print("\r" + line);
    } else {
      err.println(line);
    }
    err.flush();
  }

  @Override
  public void close() {
    bar.close();
    if (terminal) {
      err.println();
      err.flush();
    }
  }
}
