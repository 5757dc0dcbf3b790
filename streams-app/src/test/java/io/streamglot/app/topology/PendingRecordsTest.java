package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which entries the store holds, as records come, are sent, and are committed. */
class PendingRecordsTest {

  private final KeyValueStore<Integer, PendingRecord> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("pending"), Serdes.Integer(), AvroSerdes.pendingRecord())
          .withLoggingDisabled()
          .build();
  private final CommitCounter commits = new CommitCounter();

  @BeforeEach
  void start() {
    store.init(new MockProcessorContext<byte[], byte[]>().getStateStoreContext(), store);
  }

  @Test
  void underExactlyOnceWhatWasSentGoesAtOnceAndItsSlotsServeAgain() {
    var pending = new PendingRecords(store, commits, true);
    add(pending, 10, 11);
    assertThat(slots()).isEqualTo(List.of("0:10", "1:11"));

    pending.sent(2);
    assertThat(slots()).isEmpty();
    assertThat(pending.unconfirmedBatches()).isZero();

    add(pending, 12);
    assertThat(slots()).isEqualTo(List.of("0:12"));
  }

  @Test
  void underAtLeastOnceWhatWasSentStaysUntilACommitHasFollowed() {
    var pending = new PendingRecords(store, commits, false);
    commits.commit(Map.of());
    add(pending, 10, 11);
    commits.commit(Map.of());
    pending.sent(2);
    pending.release();
    assertThat(slots()).isEqualTo(List.of("0:10", "1:11"));

    commits.commit(Map.of());
    assertThat(slots()).isEqualTo(List.of("0:10", "1:11"));
    pending.release();
    assertThat(slots()).isEmpty();
  }

  @Test
  void whatWaitsTakesOtherSlotsThanWhatWasSentAndTheLowestThatAreFree() {
    var pending = new PendingRecords(store, commits, false);
    add(pending, 10, 11);
    pending.sent(2);
    add(pending, 12);
    assertThat(slots()).isEqualTo(List.of("0:10", "1:11", "2:12"));
    pending.sent(1);
    assertThat(pending.unconfirmedBatches()).isEqualTo(2);

    add(pending, 13);
    commits.commit(Map.of());
    pending.sent(1);
    assertThat(slots()).isEqualTo(List.of("3:13"));
    assertThat(pending.unconfirmedBatches()).isEqualTo(1);

    add(pending, 14, 15, 16, 17);
    assertThat(slots()).isEqualTo(List.of("0:14", "1:15", "2:16", "3:13", "4:17"));
  }

  @Test
  void whatWaitedWhileOthersWereSentIsNotSentWithThem() {
    var pending = new PendingRecords(store, commits, false);
    add(pending, 10);
    pending.sent(1);
    add(pending, 11);
    commits.commit(Map.of());
    pending.release();

    assertThat(slots()).isEqualTo(List.of("1:11"));
  }

  @Test
  void aReloadGivesAllThatIsThereInTheOrderOfTheSource() {
    var before = new PendingRecords(store, commits, false);
    add(before, 10, 11);
    before.sent(2);
    add(before, 12);
    commits.commit(Map.of());
    before.release();
    add(before, 13);
    assertThat(slots()).isEqualTo(List.of("0:13", "2:12"));

    var after = new PendingRecords(store, commits, false);
    assertThat(after.reload()).extracting(PendingRecord::getOffset).containsExactly(12L, 13L);
    add(after, 14);
    assertThat(slots()).isEqualTo(List.of("0:13", "1:14", "2:12"));

    after.sent(2);
    commits.commit(Map.of());
    after.release();
    assertThat(slots()).isEqualTo(List.of("1:14"));

    after.sent(1);
    commits.commit(Map.of());
    after.release();
    assertThat(slots()).isEmpty();
  }

  private static void add(PendingRecords pending, long... offsets) {
    for (long offset : offsets) {
      pending.add(
          PendingRecord.newBuilder(Records.pending(new byte[] {1})).setOffset(offset).build());
    }
  }

  /** Slot and offset of each entry. */
  private List<String> slots() {
    var slots = new ArrayList<String>();
    try (var entries = store.all()) {
      entries.forEachRemaining(entry -> slots.add(entry.key + ":" + entry.value.getOffset()));
    }
    return slots;
  }
}
