package io.streamglot.app.topology;

import io.streamglot.app.topology.PairModels.Candidate;
import io.streamglot.translator.Translator;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The translators that the application serves, for each language pair one and perhaps a candidate.
 * The pairs stay; their models may be replaced while tasks translate.
 *
 * <p>A task translates with a {@link Lease}: the models of one moment. A translator is closed when
 * it is replaced and no lease has it any more. Each replacement has a number, which grows. {@link
 * TaskModels} sees to it that a task does not go back to a lower one.
 *
 * <p>Thread-safe, as the translators are.
 */
public final class Translators implements AutoCloseable {

  /** Of the models that the application was started with. */
  static final long CONFIGURED = -1;

  private final Map<LanguagePair, Numbered> byPair = new LinkedHashMap<>();

  /** How many have it: this table, and leases. */
  private final IdentityHashMap<Translator, Integer> holders = new IdentityHashMap<>();

  private volatile int changes;
  private boolean closed;

  /** Models, and the number of the replacement that brought or refused others. */
  record Numbered(PairModels models, long number) {}

  /**
   * Takes ownership of the translators: {@link #close} closes them.
   *
   * @param translators at most one for each language pair; may be empty
   * @throws IllegalArgumentException if two translate the same pair; none is closed then
   */
  public Translators(Collection<? extends Translator> translators) {
    for (var translator : translators) {
      var manifest = translator.manifest();
      var pair = new LanguagePair(manifest.sourceLanguage(), manifest.targetLanguage());
      var numbered = new Numbered(new PairModels(translator), CONFIGURED);
      var other = byPair.putIfAbsent(pair, numbered);
      if (other != null) {
        var known = other.models().serving().manifest();
        throw new IllegalArgumentException(
            "%s: expected one model, actual %s %s and %s %s"
                .formatted(
                    pair, known.name(), known.version(), manifest.name(), manifest.version()));
      }
      hold(numbered);
    }
  }

  /** The pairs that are served, in the order of the translators. */
  public List<LanguagePair> pairs() {
    return List.copyOf(byPair.keySet());
  }

  /**
   * The models of a pair now, which may be closed as soon as they are replaced.
   *
   * @param pair one of {@link #pairs}
   */
  public synchronized PairModels models(LanguagePair pair) {
    return byPair.get(pair).models();
  }

  /**
   * Replaces the models of a pair, for leases from now on. Takes ownership of those that are new.
   *
   * @param pair one of {@link #pairs}
   * @param number of the replacement, at least that of the one before
   */
  public synchronized void replace(LanguagePair pair, PairModels models, long number) {
    var numbered = new Numbered(models, number);
    hold(numbered);
    if (closed) {
      release(numbered);
    } else {
      change(pair, numbered);
    }
  }

  /**
   * Goes on with the models of a pair, since others were refused.
   *
   * @param pair one of {@link #pairs}
   * @param number of the replacement that was refused
   */
  public synchronized void retain(LanguagePair pair, long number) {
    replace(pair, byPair.get(pair).models(), number);
  }

  private synchronized void change(LanguagePair pair, Numbered numbered) {
    var former = byPair.put(pair, numbered);
    changes++;
    notifyAll();
    release(former);
  }

  /** The models of this moment; to be closed by who takes them. */
  synchronized Lease lease() {
    byPair.values().forEach(this::hold);
    return new Lease(Map.copyOf(byPair), changes);
  }

  /**
   * Waits until a pair's replacement of that number, or a later one, was made or refused.
   *
   * @return whether it was, within the limit
   */
  synchronized boolean await(LanguagePair pair, long number, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (byPair.containsKey(pair) && byPair.get(pair).number() < number) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void hold(Numbered numbered) {
    each(numbered).forEach(translator -> holders.merge(translator, 1, Integer::sum));
  }

  private void release(Numbered numbered) {
    each(numbered)
        .forEach(
            translator -> {
              if (holders.merge(translator, -1, Integer::sum) == 0) {
                holders.remove(translator);
                translator.close();
              }
            });
  }

  private static Stream<Translator> each(Numbered numbered) {
    return Stream.concat(
        Stream.of(numbered.models().serving()),
        numbered.models().candidate().map(Candidate::translator).stream());
  }

  /** Closes every translator, those of leases too. Nobody may be translating. */
  @Override
  public synchronized void close() {
    closed = true;
    holders.keySet().forEach(Translator::close);
    holders.clear();
  }

  private synchronized void release(Lease lease) {
    if (!closed) {
      lease.byPair.values().forEach(this::release);
    }
  }

  /** Models that stay open until it is closed. Used by one thread at a time. */
  final class Lease implements AutoCloseable {

    private final Map<LanguagePair, Numbered> byPair;
    private final int taken;
    private boolean given;

    private Lease(Map<LanguagePair, Numbered> byPair, int taken) {
      this.byPair = byPair;
      this.taken = taken;
    }

    /** The models of a pair that is served. */
    PairModels models(LanguagePair pair) {
      return byPair.get(pair).models();
    }

    Map<LanguagePair, Numbered> byPair() {
      return byPair;
    }

    /** Whether models were replaced, or others refused, since. */
    boolean isOutdated() {
      return changes != taken;
    }

    @Override
    public void close() {
      if (!given) {
        given = true;
        release(this);
      }
    }
  }
}
