package io.streamglot.benchmarks.chaos;

import io.streamglot.translator.Translator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The sentences that are sent, and what the model makes of each in bare decoding.
 *
 * <p>A sentence may have several translations: computed in 8-bit integers, with the shortlist of a
 * whole batch, the company in which a sentence is decoded can turn a close decision.
 */
final class Sentences {

  /** Different sentences of a run. */
  static final int COUNT = 256;

  /** Short, so that Kafka has more to do than the decoder. */
  private static final int MAX_CHARACTERS = 32;

  private static final int BATCH = 64;
  private static final int MIXED_COMPOSITIONS = 2;

  private final List<String> texts;
  private final Map<String, Set<String>> translations;

  private Sentences(List<String> texts, Map<String, Set<String>> translations) {
    this.texts = List.copyOf(texts);
    this.translations = translations;
  }

  /**
   * Takes short sentences from all over a text and translates them: each alone, and all in batches
   * of two other compositions.
   *
   * @throws IOException if there are none
   */
  static Sentences of(List<String> text, Translator translator) throws IOException {
    List<String> brief =
        text.stream().filter(each -> each.length() <= MAX_CHARACTERS).distinct().toList();
    if (brief.isEmpty()) {
      throw new IOException(
          "texts: expected some of at most %d characters, actual none".formatted(MAX_CHARACTERS));
    }
    int count = Math.min(COUNT, brief.size());
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(brief.get((int) ((long) i * brief.size() / count)));
    }
    Map<String, Set<String>> translations = new LinkedHashMap<>();
    chosen.forEach(each -> add(List.of(each), translator, translations));
    List<String> mixed = new ArrayList<>(chosen);
    Random random = new Random(1);
    for (int composition = 0; composition < MIXED_COMPOSITIONS; composition++) {
      Collections.shuffle(mixed, random);
      for (int from = 0; from < count; from += BATCH) {
        add(mixed.subList(from, Math.min(from + BATCH, count)), translator, translations);
      }
    }
    return new Sentences(chosen, translations);
  }

  private static void add(
      List<String> batch, Translator translator, Map<String, Set<String>> translations) {
    var translated = translator.translate(batch);
    for (int i = 0; i < batch.size(); i++) {
      translations
          .computeIfAbsent(batch.get(i), text -> new HashSet<>())
          .add(translated.get(i).text());
    }
  }

  /** The sentence of a message. */
  String of(Message message) {
    return texts.get(Math.floorMod(message.key() * 31 + message.sequence(), texts.size()));
  }

  /** Whether bare decoding gave this translation. */
  boolean accepts(String text, String translation) {
    return translations.getOrDefault(text, Set.of()).contains(translation);
  }

  /** How many there are. */
  int count() {
    return texts.size();
  }

  /** How many have more than one translation. */
  long undecided() {
    return translations.values().stream().filter(each -> each.size() > 1).count();
  }
}
