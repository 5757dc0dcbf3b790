package io.streamglot.translator.decode;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where searches run side by side: as many lanes as have run at once. On the CPU each gets a
 * session of its own, for searches in one session wait for each other at the lock of its memory
 * arena: two threads did 1.70 times as much as one in one session, and 1.97 times in two. A session
 * more of {@code models/en-fr} takes some 100 MiB and 0.2 s. No search waits for it: until it is
 * open, a new lane shares the first one. On CUDA all lanes do.
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while a lane is taken.
 */
final class Lanes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  /**
   * A session and its inputs, for one search at a time.
   *
   * @param shares whether the session is another lane's too
   */
  record Lane(OrtSession session, InputBuffers inputs, boolean shares) {}

  private final OrtEnvironment environment;
  private final Sessions sessions;
  private final Sessions.Opened first;
  private final boolean shortlist;

  /** The last used is taken first, for it may be in a cache. */
  private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();

  private final Queue<OrtSession> unused = new ConcurrentLinkedQueue<>();
  private final Queue<OrtSession> opened = new ConcurrentLinkedQueue<>();
  private CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);
  private volatile boolean exhausted;

  /**
   * Has no lane yet.
   *
   * @param sessions opens those of the others
   * @param first what {@code sessions} opened; closed with this
   * @param shortlist whether the graph is to use its shortlist
   */
  Lanes(OrtEnvironment environment, Sessions sessions, Sessions.Opened first, boolean shortlist) {
    this.environment = environment;
    this.sessions = sessions;
    this.first = first;
    this.shortlist = shortlist;
    opened.add(first.session());
    unused.add(first.session());
  }

  /** Names of the graph's inputs. */
  Set<String> inputNames() {
    return first.session().getInputNames();
  }

  /** Names of the graph's outputs. */
  Set<String> outputNames() {
    return first.session().getOutputNames();
  }

  /** An idle lane, or else a new one; the caller gives it back. */
  Lane take() throws OrtException {
    Lane lastUsed = idle.poll();
    Lane lane = lastUsed == null ? new Lane(first.session(), inputs(), true) : lastUsed;
    if (!lane.shares() || first.device() == DecoderDevice.Kind.CUDA) {
      return lane;
    }
    OrtSession own = unused.poll();
    if (own == null) {
      openAnother();
      return lane;
    }
    return new Lane(own, lane.inputs(), false);
  }

  /** Makes a lane idle. */
  void giveBack(Lane lane) {
    idle.push(lane);
  }

  /** Opens a session on another thread, unless that is being done. */
  private synchronized void openAnother() {
    if (exhausted || !opening.isDone()) {
      return;
    }
    opening =
        CompletableFuture.runAsync(
            () -> {
              try {
                OrtSession session = sessions.openAnother();
                opened.add(session);
                unused.add(session);
              } catch (OrtException e) {
                exhausted = true;
                LOG.warn("searches at once share sessions, for no other opens: {}", e.getMessage());
              }
            });
  }

  private InputBuffers inputs() throws OrtException {
    return new InputBuffers(environment, inputNames(), shortlist);
  }

  /** Releases the native memory. */
  @Override
  public synchronized void close() throws OrtException {
    opening.join();
    idle.forEach(lane -> lane.inputs().close());
    for (OrtSession session : opened) {
      session.close();
    }
  }
}
