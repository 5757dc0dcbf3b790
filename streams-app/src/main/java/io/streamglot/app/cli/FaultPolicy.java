package io.streamglot.app.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingInternalTopicsException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/**
 * What becomes of a stream thread that failed: it is started again, or the application ends.
 *
 * <ul>
 *   <li>What may heal by itself, which is everything that is not known for the contrary, is tried
 *       again {@value #RESTARTS} times a thread in five minutes. What the thread had not committed
 *       is read again.
 *   <li>What cannot heal (rights, credentials, settings, topics that are gone, a model that does
 *       not load, an {@link Error} such as a full heap) ends the application at once.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class FaultPolicy {
  /** So many faults a thread are tried again within the window; the next ends the application. */
  static final int RESTARTS = 3;

  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** What the user has to mend. */
  private static final List<Class<? extends Throwable>> MENDABLE =
      List.of(
          AuthorizationException.class,
          AuthenticationException.class,
          ConfigException.class,
          UnsupportedVersionException.class,
          InvalidTopicException.class,
          UnknownTopicOrPartitionException.class,
          MissingSourceTopicException.class,
          MissingInternalTopicsException.class,
          TopologyException.class);

  private final int restartsAllowed;
  private final LongSupplier nanoTime;
  private final Deque<Long> restarts = new ArrayDeque<>();

  /**
   * Nothing has failed yet.
   *
   * @param threads of the application: what they share may fail for all of them at once
   * @param nanoTime {@code System.nanoTime()}, or another clock for a test
   */
  FaultPolicy(int threads, LongSupplier nanoTime) {
    this.restartsAllowed = RESTARTS * threads;
    this.nanoTime = nanoTime;
  }

  /**
   * Decides, and counts the restart if it is one.
   *
   * @return what ends the application; empty if the thread is to be started again
   */
  synchronized Optional<Exception> fatal(Throwable problem) {
    Optional<Throwable> told = Causes.first(problem, UserErrorException.class::isInstance);
    if (told.isPresent()) {
      return told.map(UserErrorException.class::cast);
    }
    Optional<Throwable> mendable =
        Causes.first(problem, cause -> MENDABLE.stream().anyMatch(type -> type.isInstance(cause)));
    if (mendable.isPresent()) {
      return Optional.of(
          new UserErrorException(
              "stream: expected a Kafka with its topics that lets the application work, actual: "
                  + reason(mendable.get())));
    }
    Optional<Throwable> error = Causes.first(problem, Error.class::isInstance);
    if (error.isPresent()) {
      return Optional.of(failed("cannot go on: " + reason(error.get()), problem));
    }
    long now = nanoTime.getAsLong();
    restarts.removeIf(restart -> now - restart > WINDOW.toNanos());
    if (restarts.size() >= restartsAllowed) {
      return Optional.of(
          failed(
              "failed %d times within %d minutes, at last: %s"
                  .formatted(restartsAllowed + 1, WINDOW.toMinutes(), reason(problem)),
              problem));
    }
    restarts.add(now);
    return Optional.empty();
  }

  /** What a problem comes from, in a line. */
  static String reason(Throwable problem) {
    Throwable root = Causes.root(problem);
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static Exception failed(String what, Throwable problem) {
    return new IllegalStateException("stream threads: expected to work, actual " + what, problem);
  }
}
