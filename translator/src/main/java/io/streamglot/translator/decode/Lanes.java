package io.streamglot.translator.decode;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where searches run side by side: as many lanes as have run at once. On the CPU each has a session
 * of its own, for searches in one session wait for each other at the lock of its memory arena: two
 * threads did 1.70 times as much as one in one session, and 1.97 times in two. A session more of
 * {@code models/en-fr} takes 75 MiB and 0.2 s. On CUDA all share one.
 *
 * <p>Thread-safe, but for {@link #close}, which must not be called while a lane is taken.
 */
final class Lanes implements AutoCloseable {

  /** A session and its inputs, for one search at a time. */
  record Lane(OrtSession session, InputBuffers inputs) {}

  private final OrtEnvironment environment;
  private final Sessions sessions;
  private final Sessions.Opened first;
  private final boolean shortlist;
  private final Queue<OrtSession> opened = new ConcurrentLinkedQueue<>();

  /** The last used is taken first, for it may be in a cache. */
  private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();

  /**
   * Starts with one lane.
   *
   * @param sessions opens those of the others
   * @param first what {@code sessions} opened
   * @param shortlist whether the graph is to use its shortlist
   */
  Lanes(OrtEnvironment environment, Sessions sessions, Sessions.Opened first, boolean shortlist)
      throws OrtException {
    this.environment = environment;
    this.sessions = sessions;
    this.first = first;
    this.shortlist = shortlist;
    opened.add(first.session());
    idle.push(lane(first.session()));
  }

  /** Names of the graph's inputs. */
  Set<String> inputs() {
    return first.session().getInputNames();
  }

  /** Names of the graph's outputs. */
  Set<String> outputs() {
    return first.session().getOutputNames();
  }

  /** An idle lane, or else a new one; the caller gives it back. */
  Lane take() throws OrtException {
    Lane lastUsed = idle.poll();
    return lastUsed == null ? another() : lastUsed;
  }

  /** Makes a lane idle. */
  void giveBack(Lane lane) {
    idle.push(lane);
  }

  private Lane another() throws OrtException {
    if (first.device() == DecoderDevice.Kind.CUDA) {
      return lane(first.session());
    }
    OrtSession session = sessions.openAnother();
    opened.add(session);
    return lane(session);
  }

  private Lane lane(OrtSession session) throws OrtException {
    return new Lane(session, new InputBuffers(environment, session.getInputNames(), shortlist));
  }

  /** Releases the native memory. */
  @Override
  public void close() throws OrtException {
    idle.forEach(lane -> lane.inputs().close());
    for (OrtSession session : opened) {
      session.close();
    }
  }
}
