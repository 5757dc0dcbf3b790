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
  void whoWaitsForAnEventGoesOnOnceItOrALaterOneWasHeard() {
    var waiting = CompletableFuture.supplyAsync(() -> translators.await(7, Duration.ofMinutes(1)));
    translators.reach(6);
    assertThat(waiting).isNotDone();

    translators.reach(8);
    assertThat(waiting.join()).isTrue();
    assertThat(translators.await(7, Duration.ZERO)).isTrue();
  }

  /** The tasks of a thread wait one after the other, with a transaction open. */
  @Test
  void allWhoWaitForAnEventHaveTheDeadlineOfTheFirst() {
    assertThat(translators.await(7, Duration.ofMillis(10))).isFalse();

    for (int task = 0; task < 100; task++) {
      assertThat(translators.await(7, Duration.ofMinutes(1))).isFalse();
    }
  }

  @Test
  void aModelThatCannotBeClosedIsReplacedAllTheSame() {
    var stubborn =
        new TestTranslator("en", "fr") {
          @Override
          public void close() {
            throw new IllegalStateException("in use");
          }
        };
    translators.replace(PAIR, new PairModels(stubborn), 7);
    translators.replace(PAIR, new PairModels(second), 8);

    assertThat(translators.models(PAIR).serving()).isSameAs(second);
  }
}
