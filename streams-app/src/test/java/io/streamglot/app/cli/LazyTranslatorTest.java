package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.Translation;
import io.streamglot.translator.Translator;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.decode.DecoderSettings;
import io.streamglot.translator.text.Terms;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTranslatorTest {
  private final ModelBundle bundle = Models.bundle(CommandLineRun.SHIPPED_MODEL);
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void theFirstTextLoadsTheModelOnceHoweverManyThreadsHaveOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Translator lazy = lazy();
        Translator loaded = Models.translator(bundle, new DecoderSettings(1))) {
      assertThat(lazy.manifest()).isEqualTo(bundle.manifest());
      assertThat(loads).hasValue(0);

      Callable<List<Translation>> first = () -> lazy.translate(List.of("I love you."));
      for (Future<List<Translation>> each : threads.invokeAll(Collections.nCopies(4, first))) {
        assertThat(each.get()).isEqualTo(loaded.translate(List.of("I love you.")));
      }
      assertThat(
              lazy.translateEncoded(
                  List.of(lazy.encode("Stop!", Terms.NONE)), bundle.manifest().search()))
          .isEqualTo(loaded.translate(List.of("Stop!")));
      assertThat(loads).hasValue(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aLoadThatFailsIsThrownAndTriedAgain() {
    LazyTranslator lazy =
        new LazyTranslator(
            bundle.manifest(),
            () -> {
              if (loads.incrementAndGet() == 1) {
                throw new UserErrorException("no memory");
              }
              return Models.translator(bundle, new DecoderSettings(1));
            });

    try (lazy) {
      assertThatThrownBy(() -> lazy.encode("Stop!", Terms.NONE)).hasMessage("no memory");
      assertThat(lazy.encode("Stop!", Terms.NONE).length()).isPositive();
    }
  }

  @Test
  void onceClosedItLoadsNothingAndTranslatesNothing() {
    LazyTranslator never = lazy();
    LazyTranslator used = lazy();
    used.encode("Stop!", Terms.NONE);
    for (LazyTranslator each : List.of(never, used)) {
      each.close();
      each.close();

      assertThatThrownBy(() -> each.encode("Stop!", Terms.NONE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("en-fr: expected open, actual closed");
    }
    assertThat(loads).hasValue(1);
  }

  private LazyTranslator lazy() {
    return new LazyTranslator(
        bundle.manifest(),
        () -> {
          loads.incrementAndGet();
          return Models.translator(bundle, new DecoderSettings(1));
        });
  }
}
