package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private PrintStream standardError;

  @BeforeEach
  void catchStandardError() {
    standardError = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.configure(false);
  }

  @AfterEach
  void logAsBefore() {
    System.setErr(standardError);
    Logging.configure(false);
  }

  @Test
  void anEventOfAJsonLogIsAnObjectOnALine() throws Exception {
    Logging.asJson();
    LOG.warn("été \"{}\"\n{}", 1, "two", new IllegalStateException("why"));

    assertThat(text()).hasLineCount(1).endsWith("\n");
    JsonNode event = new ObjectMapper().readTree(text());
    assertThat(event.path("level").asText()).isEqualTo("WARN");
    assertThat(event.path("loggerName").asText()).isEqualTo(LoggingTest.class.getName());
    assertThat(event.path("formattedMessage").asText()).isEqualTo("été \"1\"\ntwo");
    assertThat(event.path("throwable").path("message").asText()).isEqualTo("why");
  }

  @Test
  void aTextLogIsALineWithoutFrames() {
    LOG.warn("late", new IllegalStateException("why"));

    assertThat(text().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("[0-9:.]{12} WARN  .*LoggingTest - late"),
            line -> assertThat(line).isEqualTo("java.lang.IllegalStateException: why"));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
