package io.streamglot.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.app.integration.DeliveryCheck.Message;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The check can fail: each kind of fault is found, and only faults are. */
class DeliveryCheckTest {

  private static final Message A1 = new Message("a", "1");
  private static final Message A2 = new Message("a", "2");
  private static final Message A3 = new Message("a", "3");
  private static final Message B1 = new Message("b", "1");
  private static final List<Message> SENT = List.of(A1, B1, A2, A3);

  static Stream<Arguments> deliveries() {
    return Stream.of(
        Arguments.of("as sent", List.of(A1, B1, A2, A3), List.of()),
        Arguments.of("keys interleave otherwise", List.of(B1, A1, A2, A3), List.of()),
        Arguments.of("loss", List.of(A1, B1, A3), List.of("lost: " + A2)),
        Arguments.of("loss of a whole key", List.of(A1, A2, A3), List.of("lost: " + B1)),
        Arguments.of("nothing", List.of(), SENT.stream().map(sent -> "lost: " + sent).toList()),
        Arguments.of("doubled at once", List.of(A1, A1, B1, A2, A3), List.of("doubled: " + A1)),
        Arguments.of("doubled later", List.of(A1, B1, A2, A3, A1), List.of("doubled: " + A1)),
        Arguments.of(
            "out of order", List.of(A1, B1, A3, A2), List.of("out of order: key a: [1, 3, 2]")),
        Arguments.of(
            "under another key",
            List.of(A1, B1, A2, A3, new Message("b", "3")),
            List.of("never sent: " + new Message("b", "3"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deliveries")
  void everyFaultIsFoundAndNothingElse(
      String name, List<Message> received, List<String> violations) {
    assertThat(DeliveryCheck.violations(SENT, received)).isEqualTo(violations);
  }
}
