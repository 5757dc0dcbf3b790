package io.streamglot.app.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * Turns SIGTERM and SIGINT into an event, so that a command ends the way it always ends: it closes
 * what it opened and returns its exit code.
 *
 * <p>A JVM left alone runs its shutdown hooks at once, beside the threads that still work, and
 * exits with 128 + signal. Only the first signal is taken: a second one ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection because javac warns of it whatever is
 * suppressed. Every JDK has it (module {@code jdk.unsupported}).
 */
final class StopSignal {
  private final CompletableFuture<Integer> received = new CompletableFuture<>();

  private StopSignal() {}

  /** Takes over both signals, for the rest of the process. */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (String name : new String[] {"TERM", "INT"}) {
      stop.handle(name);
    }
    return stop;
  }

  /** Whether a signal has come. */
  boolean isReceived() {
    return received.isDone();
  }

  /** What a shell reports for a program that the signal ended: 128 + its number. */
  int exitCode() {
    return 128 + received.join();
  }

  /** Runs the action once, when the signal comes, or now if it has come; it must not block. */
  void onReceived(Runnable action) {
    var unused = received.thenRun(action);
  }

  private void handle(String name) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      var handle = signalClass.getMethod("handle", signalClass, handlerClass);
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      int number = (int) signalClass.getMethod("getNumber").invoke(signal);
      Object defaultHandler = handlerClass.getField("SIG_DFL").get(null);
      Object handler =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> {
                handle.invoke(null, signal, defaultHandler);
                received.complete(number);
                return null;
              });
      handle.invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("SIG" + name + " cannot be handled on this Java", e);
    }
  }
}
