package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.app.topology.PairModels.Candidate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairModelsTest {

  private static final List<byte[]> CONVERSATIONS =
      IntStream.range(0, 10_000)
          .mapToObj(i -> ("conversation-" + i).getBytes(StandardCharsets.UTF_8))
          .toList();

  private final TestTranslator serving = new TestTranslator("en", "fr");
  private final TestTranslator tried = new TestTranslator("en", "fr");

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.05, 0.5, 0.99, 1})
  void aCandidateHasItsShareOfTenThousandConversations(double share) {
    var models = models(share);

    long taken = CONVERSATIONS.stream().filter(key -> models.of(key) == tried).count();
    assertThat(taken / 10_000.0).isCloseTo(share, within(0.01));
  }

  @Test
  void aConversationKeepsItsModelAndALargerShareTakesNoneAway() {
    var few = models(0.1);
    var more = models(0.3);

    for (var key : CONVERSATIONS) {
      assertThat(few.of(key.clone())).isSameAs(few.of(key));
      if (few.of(key) == tried) {
        assertThat(more.of(key)).isSameAs(tried);
      }
    }
  }

  @Test
  void anotherCandidateIsTriedOnOthers() {
    var german = new Candidate(new TestTranslator("en", "de"), 0.1, false);
    var french = new Candidate(tried, 0.1, false);

    long both =
        CONVERSATIONS.stream().filter(key -> german.takes(key) && french.takes(key)).count();
    assertThat(both / 10_000.0).isCloseTo(0.01, within(0.01));
  }

  @Test
  void aShareIsNoPercentage() {
    assertThatThrownBy(() -> models(5))
        .hasMessage("share of a candidate: expected 0 to 1, actual 5.0");
  }

  private PairModels models(double share) {
    return new PairModels(serving, Optional.of(new Candidate(tried, share, false)));
  }
}
