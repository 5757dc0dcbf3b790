package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What is shown at the end where standard error is no terminal. */
class ProgressMeterTest {

  @Test
  void withoutAnEndItCountsAndShowsNoShare() {
    assertThat(shown(-1, 5).lines())
        .allMatch(line -> line.matches("replay: [05] messages"))
        .endsWith("replay: 5 messages");
    assertThat(shown(0, 0).lines()).containsOnly("replay: 0 messages");
  }

  @Test
  void withAnEndItShowsTheShare() {
    assertThat(shown(10, 5)).contains("replay", "50%", "5/10 messages");
  }

  private static String shown(long total, long done) {
    var err = new StringWriter();
    try (var meter = new ProgressMeter(new PrintWriter(err), "replay", "messages", total)) {
      meter.stepTo(done);
    }
    return err.toString();
  }
}
