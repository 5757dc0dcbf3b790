package io.streamglot.translator.evaluate;

import java.util.List;

/** The example that sacreBLEU's README and tests score. */
final class SacreBleuExample {

  static final List<String> HYPOTHESES =
      List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");

  static final List<List<String>> REFERENCES =
      List.of(
          List.of("The dog bit the man.", "The dog had bit the man."),
          List.of("It was not unexpected.", "No one was surprised."),
          List.of("The man bit him first.", "The man had bitten the dog."));

  /** The same without the second reference of the second sentence. */
  static final List<List<String>> VARYING_REFERENCES =
      List.of(REFERENCES.get(0), REFERENCES.get(1).subList(0, 1), REFERENCES.get(2));

  private SacreBleuExample() {}
}
