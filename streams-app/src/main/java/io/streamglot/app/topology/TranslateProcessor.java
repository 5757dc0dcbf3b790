package io.streamglot.app.topology;

import io.streamglot.app.topology.Outcome.Failed;
import io.streamglot.app.topology.Outcome.Translated;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gathers records into a batch, translates it and forwards the outcomes in the order of arrival.
 *
 * <p>Bytes in, bytes out: what cannot be decoded must reach the topic of failures as it was.
 *
 * <ul>
 *   <li>A record that waits is an entry of the store ({@link PendingRecords}), so that a commit
 *       between two records of a batch loses none: after a crash {@link #init} finds it again. One
 *       that the changelog would refuse fails at once, without an entry.
 *   <li>A batch is translated when it is full, or else by a timer. The first record of a batch sets
 *       the timer and the translation stops it: one that always ran would cut batches short. What
 *       is late already waits longer, so that a backlog makes full batches.
 *   <li>Models that are new to the task ({@link TaskModels}) begin with a record, once all before
 *       it are translated.
 *   <li>Only the timer asks for a commit: a lone message is visible at once, and a loaded stream
 *       commits by interval. (Or, under {@code at_least_once}, by too many entries that wait for
 *       one.)
 * </ul>
 *
 * <p>One instance belongs to one task and is used by one thread at a time.
 */
final class TranslateProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** Name of the store of waiting records. */
  static final String STORE = "pending";

  /**
   * Most bytes of a record that the changelog is sure to take; what is left is for topic, offset
   * and lengths. A source record is larger only where it was sent compressed.
   */
  static final int MAX_ENTRY_BYTES = StreamsDefaults.MAX_REQUEST_BYTES - 64 * 1024;

  /**
   * What part of its lateness a text may wait for others, and how long at most: in a backlog,
   * reading and committing would outlast a chat's linger, and the timer cut each batch short.
   */
  private static final int LATENESS_SHARE = 10;

  private static final Duration LONGEST_LATE_LINGER = Duration.ofMillis(100);

  /** Batches that may wait for a commit before one is asked for; bounds store and memory. */
  private static final int MAX_UNCONFIRMED_BATCHES = 16;

  /** How often to look for the commit when no record comes. */
  private static final Duration RELEASE_INTERVAL = Duration.ofMillis(100);

  private final TopologySettings settings;
  private final Translators translators;
  private final BatchTranslator translator;
  private final DecodingPace pace;
  private final TopologyListener listener;
  private final OutcomeWriter writer;
  private final Optional<OutcomeWriter> shadowWriter;

  private ProcessorContext<byte[], byte[]> context;
  private StreamSettings streams;
  private PendingRecords pending;
  private WaitingRecords waiting;
  private TaskModels models;
  private Cancellable timer;
  private Cancellable releaseTimer;

  /**
   * A processor for a task.
   *
   * @param translators the models that it takes
   * @param shadowWriter writes what candidates translate on trial, if they may
   */
  TranslateProcessor(
      TopologySettings settings,
      Translators translators,
      BatchTranslator translator,
      OutcomeWriter writer,
      Optional<OutcomeWriter> shadowWriter,
      DecodingPace pace,
      TopologyListener listener) {
    this.settings = settings;
    this.translators = translators;
    this.translator = translator;
    this.writer = writer;
    this.shadowWriter = shadowWriter;
    this.pace = pace;
    this.listener = listener;
  }

  /** Takes up what was waiting. Kafka Streams may call this again after a lost transaction. */
  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    end();
    context = processorContext;
    begin();
    var reloaded = pending.reload();
    if (!reloaded.isEmpty()) {
      renewModels(reloaded.get(0));
    }
    reloaded.forEach(this::enqueue);
    if (!waiting.isEmpty()) {
      startTimer();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    pending.release();
    var source = source(record);
    if (models.isOutdated()) {
      flushAll(); // a batch has one version of each model
      renewModels(source);
    }
    long size = RecordSize.of(source);
    if (size > MAX_ENTRY_BYTES) {
      flushAll(); // what came before leaves before
      forward(source, List.of(tooLarge(source, size)));
      models.rest();
      return;
    }
    pending.add(source);
    enqueue(source);
    if (waiting.isFull()) {
      flush();
    } else if (timer == null) {
      startTimer();
    }
  }

  /** What waits goes on with the store, here or elsewhere. */
  @Override
  public void close() {
    end();
  }

  private void begin() {
    streams = StreamSettings.of(context.appConfigs());
    waiting =
        new WaitingRecords(
            settings, () -> pace.tokensWithin(streams.busyLimit(), streams.threads()));
    pending =
        new PendingRecords(
            context.getStateStore(STORE),
            context.getStateStore(CommitCounter.STORE),
            streams.exactlyOnce());
    models =
        new TaskModels(
            translators,
            settings.rollouts().map(topics -> context.getStateStore(TaskModels.STORE)));
    pace.taskBegins();
  }

  private void end() {
    // A task that Kafka Streams revives keeps its timers, if nobody stops them.
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (releaseTimer != null) {
      releaseTimer.cancel();
      releaseTimer = null;
    }
    if (waiting != null) {
      listener.waitingChanged(-waiting.count());
      waiting = null;
      models.end();
      pace.taskEnds();
    }
  }

  private void enqueue(PendingRecord source) {
    waiting.add(translator.read(source, models.lease(), now()));
    listener.waitingChanged(1);
  }

  /** For this record and those after it. */
  private void renewModels(PendingRecord first) {
    models.renew(
        first.getTopic() + "-" + first.getPartition(),
        first.getOffset(),
        streams.busyLimit().dividedBy(2)); // what is left is for a batch
  }

  private void flushAll() {
    while (!waiting.isEmpty()) {
      flush();
    }
  }

  private void startTimer() {
    timer =
        context.schedule(
            linger(waiting.first().source()),
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              flush();
              context.commit();
            });
  }

  private Duration linger(PendingRecord first) {
    long lateness = context.currentSystemTimeMs() - first.getTimestamp();
    long share = Math.min(lateness / LATENESS_SHARE, LONGEST_LATE_LINGER.toMillis());
    return share > settings.linger().toMillis() ? Duration.ofMillis(share) : settings.linger();
  }

  private void flush() {
    var batch = waiting.batch();
    if (!batch.isEmpty()) {
      var outcomes = translate(batch);
      for (int i = 0; i < batch.size(); i++) {
        forward(batch.get(i).source(), outcomes.get(i));
        forwardShadows(batch.get(i));
      }
    }
    pending.sent(batch.size());
    waiting.remove(batch.size());
    listener.waitingChanged(-batch.size());
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (waiting.isEmpty()) {
      models.rest();
    } else {
      startTimer();
    }
    awaitCommit();
  }

  private List<List<Outcome>> translate(List<ReadRecord> batch) {
    long start = System.nanoTime();
    var outcomes = translator.translate(batch, now());
    var took = Duration.ofNanos(System.nanoTime() - start);
    pace.measured(batch.stream().mapToLong(ReadRecord::tokens).sum(), took);
    listener.batchTranslated(batch.size(), Duration.ofNanos(start - waiting.sinceNanos()), took);
    return outcomes;
  }

  /** Sees to it that entries which wait for a commit go, even if no record follows. */
  private void awaitCommit() {
    if (pending.unconfirmedBatches() >= MAX_UNCONFIRMED_BATCHES) {
      context.commit();
    }
    if (pending.unconfirmedBatches() > 0 && releaseTimer == null) {
      releaseTimer =
          context.schedule(RELEASE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> release());
    }
  }

  private void release() {
    pending.release();
    if (pending.unconfirmedBatches() == 0) {
      releaseTimer.cancel();
      releaseTimer = null;
    }
  }

  private void forward(PendingRecord source, List<Outcome> outcomes) {
    for (var outcome : outcomes) {
      var written = writer.write(outcome, source, (sink, record) -> context.forward(record, sink));
      if (written instanceof Translated translated) {
        listener.translated(translated.pair(), translated.tokens());
      } else {
        listener.failed(((Failed) written).failure().getReason());
      }
    }
    listener.answered(source.getTimestamp());
  }

  private void forwardShadows(ReadRecord record) {
    for (var shadow : record.shadows()) {
      shadowWriter
          .orElseThrow()
          .write(shadow, record.source(), (sink, written) -> context.forward(written, sink));
    }
  }

  private Outcome tooLarge(PendingRecord record, long actual) {
    return new Failed(
        Failures.of(
            record,
            null,
            null,
            FailureReason.TOO_LARGE,
            "key, value and headers: expected at most %d bytes, actual %d"
                .formatted(MAX_ENTRY_BYTES, actual),
            now()));
  }

  private Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }

  private PendingRecord source(Record<byte[], byte[]> record) {
    var origin = context.recordMetadata().orElseThrow();
    var headers = new ArrayList<PendingHeader>();
    for (var header : record.headers()) {
      headers.add(new PendingHeader(header.key(), Utils.wrapNullable(header.value())));
    }
    return new PendingRecord(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        record.timestamp(),
        Utils.wrapNullable(record.key()),
        Utils.wrapNullable(record.value()),
        headers);
  }
}
