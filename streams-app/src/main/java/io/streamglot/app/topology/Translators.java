package io.streamglot.app.topology;

import io.streamglot.app.topology.PairModels.Candidate;
import io.streamglot.translator.Translator;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The translators that the application serves, for each language pair one and perhaps a candidate.
 * The pairs stay; their models may be replaced while tasks translate.
 *
 * <p>A task translates with a {@link Lease}: the models of one moment. A translator is closed when
 * it is replaced and no lease has it any more. Each replacement has a number, which grows: that of
 * the event that asked for it. {@link TaskModels} sees to it that a task does not go back to a
 * lower one.
 *
 * <p>Thread-safe, as the translators are.
 */
public final class Translators implements AutoCloseable {

  /** Of the models that the application was started with. */
  static final long CONFIGURED = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Translators.class);

  private final Map<LanguagePair, Numbered> byPair = new LinkedHashMap<>();

  /** How many have it: this table, and leases. */
  private final IdentityHashMap<Translator, Integer> holders = new IdentityHashMap<>();

  private volatile int changes;
  private boolean closed;

  /** Events up to this one were followed or refused. */
  private long reached = CONFIGURED;

  /** The last event that somebody waited for, and until when everybody does. */
  private long awaited = CONFIGURED;

  private long deadline;

  /** Models, and the number of the replacement that brought them. */
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
   * @param number of the event, more than those before
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
   * Lets those go on who wait for an event.
   *
   * @param number of the last event that was followed or refused
   */
  public synchronized void reach(long number) {
    reached = Math.max(reached, number);
    notifyAll();
  }

  private synchronized void change(LanguagePair pair, Numbered numbered) {
    var former = byPair.put(pair, numbered);
    changes++;
    release(former);
  }

  /** The models of this moment; to be closed by who takes them. */
  synchronized Lease lease() {
    byPair.values().forEach(this::hold);
    return new Lease(Map.copyOf(byPair), changes);
  }

  /**
   * Waits until an event was followed or refused. All who wait for it, or for one before it, have
   * one deadline, that of the first: tasks of a thread wait one after the other.
   *
   * @return whether it was
   */
  synchronized boolean await(long number, Duration limit) {
    if (number > awaited) {
      awaited = number;
      deadline = System.nanoTime() + limit.toNanos();
    }
    try {
      while (reached < number) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
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
                close(translator);
              }
            });
  }

  /** Whoever closes one has others to see to. */
  private static void close(Translator translator) {
    try {
      translator.close();
    } catch (RuntimeException e) {
      LOG.warn(
          "model {} {}: expected to close, actual {}",
          translator.manifest().name(),
          translator.manifest().version(),
          e.getMessage());
    }
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
    holders.keySet().forEach(Translators::close);
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

    /** Whether models were replaced since. */
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
