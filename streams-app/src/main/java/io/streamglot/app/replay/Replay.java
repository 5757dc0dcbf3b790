package io.streamglot.app.replay;

import io.streamglot.app.topology.OfflineTranslation;
import io.streamglot.app.topology.OfflineTranslation.Batch;
import io.streamglot.app.topology.OfflineTranslation.Published;
import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.kafka.common.utils.Utils;

/** Translates messages in their order; the next batch is read while one is translated. */
public final class Replay {

  /** How long to wait for a message to be due before it is asked again whether to go on. */
  private static final long ASK_MILLIS = 100;

  private final OfflineTranslation translation;
  private final Pace pace;

  /**
   * What a replay did.
   *
   * @param messages that were translated
   * @param translations that came of them
   * @param failures that came of them
   */
  public record Result(long messages, long translations, long failures) {}

  /** Translates so, at that pace; a pace serves one run. */
  public Replay(OfflineTranslation translation, Pace pace) {
    this.translation = translation;
    this.pace = pace;
  }

  /**
   * Translates all messages.
   *
   * @param messages what to translate; used on a thread of its own, which is given a minute to end
   *     before the return
   * @param output takes what would have been published, in the order of the messages: with the
   *     topic that it would have gone to, and partition and offset of its source
   * @param goOn asked before each batch, and again while no message is due, with the number of
   *     messages translated; false ends the run
   * @return what was done until the end, or until it was to go on no more
   */
  public Result run(
      Iterator<RecordedMessage> messages, Consumer<RecordedMessage> output, LongPredicate goOn)
      throws InterruptedException {
    MessageBatches batches = new MessageBatches(messages, pace);
    ExecutorService reading =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "replay-reader");
              thread.setDaemon(true);
              return thread;
            });
    try {
      long done = 0;
      long translations = 0;
      long failures = 0;
      Future<Batch> next = reading.submit(() -> translation.read(batches.take()));
      while (goOn.test(done)) {
        Optional<Batch> read = await(next);
        if (read.isEmpty()) {
          continue;
        }
        Batch batch = read.get();
        if (batch.size() == 0) {
          break;
        }
        next = reading.submit(() -> translation.read(batches.take()));
        for (Published published : translation.translate(batch)) {
          output.accept(message(published));
          if (published.failed()) {
            failures++;
          } else {
            translations++;
          }
        }
        done += batch.size();
      }
      return new Result(done, translations, failures);
    } finally {
      reading.shutdownNow();
      // For the caller closes what it reads from.
      var unused = reading.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  /** Empty if it takes longer. */
  private static Optional<Batch> await(Future<Batch> batch) throws InterruptedException {
    try {
      return Optional.of(batch.get(ASK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static RecordedMessage message(Published published) {
    var record = published.record();
    var headers = new ArrayList<RecordedHeader>();
    for (var header : record.headers()) {
      headers.add(new RecordedHeader(header.key(), Utils.wrapNullable(header.value())));
    }
    return new RecordedMessage(
        published.topic(),
        published.source().getPartition(),
        published.source().getOffset(),
        record.timestamp(),
        Utils.wrapNullable(record.key()),
        Utils.wrapNullable(record.value()),
        headers);
  }
}
