package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TranslatorsTest {

  private static final LanguagePair PAIR = new LanguagePair("en", "fr");

  private final TestTranslator first = new TestTranslator("en", "fr");
  private final TestTranslator second = new TestTranslator("en", "fr");
  private final Translators translators = new Translators(List.of(first));

  @Test
  void aModelIsClosedWhenItIsReplacedAndNoTaskHasItAnyMore() {
    var one = translators.lease();
    var other = translators.lease();
    translators.replace(PAIR, new PairModels(second), 7);

    one.close();
    one.close();
    assertThat(first.isClosed()).isFalse();
    other.close();
    assertThat(first.isClosed()).isTrue();
    assertThat(second.isClosed()).isFalse();
  }

  @Test
  void aLeaseKeepsItsModelsAndKnowsThatThereAreOthers() {
    try (var lease = translators.lease()) {
      assertThat(lease.isOutdated()).isFalse();
      translators.replace(PAIR, new PairModels(second), 7);

      assertThat(lease.isOutdated()).isTrue();
      assertThat(lease.models(PAIR).serving()).isSameAs(first);
    }
    try (var lease = translators.lease()) {
      assertThat(lease.models(PAIR).serving()).isSameAs(second);
    }
  }

  @Test
  void aModelThatComesAfterTheEndIsClosedAtOnce() {
    translators.close();
    translators.replace(PAIR, new PairModels(second), 7);

    assertThat(second.isClosed()).isTrue();
  }

  @Test
  void whoWaitsForAReplacementGoesOnWhenItIsMadeOrRefused() {
    var waiting =
        CompletableFuture.supplyAsync(() -> translators.await(PAIR, 7, Duration.ofMinutes(1)));
    assertThat(translators.await(PAIR, 7, Duration.ofMillis(50))).isFalse();
    assertThat(waiting).isNotDone();

    translators.retain(PAIR, 8);
    assertThat(waiting.join()).isTrue();
    assertThat(translators.models(PAIR).serving()).isSameAs(first);
    assertThat(first.isClosed()).isFalse();
  }
}
