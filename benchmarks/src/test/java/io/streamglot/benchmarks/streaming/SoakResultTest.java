package io.streamglot.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakResultTest {

  private static final long SEGMENT = StreamSoak.SEGMENT_BYTES;

  @Test
  void memoryGrowsByTheSlopeAfterTheFirstTenth() {
    SoakResult result = resident(i -> i < 10 ? 77 : 5_000_000 + 3L * 1000 * i);

    assertThat(result.residentGrowth().getAsDouble()).isCloseTo(3, within(1e-9));
  }

  @Test
  void growthIsUnknownWhereTheSystemDoesNotTellTheMemory() {
    SoakResult result = new SoakResult(List.of(new SoakSample(1000, 1, null, new TreeMap<>())), 0);

    assertThat(result.residentGrowth()).isEmpty();
  }

  @Test
  void aTopicGrowsIfTheSecondHalfAddsMoreThanSegmentsThatWaitForCompaction() {
    SoakResult result = changelog(i -> i * SEGMENT / 10);

    assertThat(result.grows("changelog")).isTrue();
    assertThat(result.growth("changelog").getAsDouble()).isCloseTo(SEGMENT / 1e4, within(1.0));
  }

  @Test
  void aTopicThatIsCompactedAgainAndAgainDoesNotGrow() {
    SoakResult result = changelog(i -> SEGMENT + i % 20 * SEGMENT / 10);

    assertThat(result.grows("changelog")).isFalse();
    assertThat(result.mostBytes("changelog")).isEqualTo(SEGMENT + 19 * SEGMENT / 10);
  }

  @Test
  void aTopicThatIsNotThereYetHasNoBytes() {
    assertThat(changelog(i -> i).grows("offsets")).isFalse();
  }

  @Test
  void theSpeedIsThatOfTheWholeRun() {
    assertThat(resident(i -> 1).messagesPerSecond()).isCloseTo(1000, within(1e-9));
  }

  /** A hundred samples, a thousand messages a second. */
  private static SoakResult resident(IntToLongFunction bytes) {
    return new SoakResult(
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> new SoakSample(1000 * i, i, bytes.applyAsLong(i), new TreeMap<>()))
            .toList(),
        0);
  }

  private static SoakResult changelog(IntToLongFunction bytes) {
    return new SoakResult(
        IntStream.rangeClosed(1, 100)
            .mapToObj(
                i -> {
                  TreeMap<String, TopicSize> topics = new TreeMap<>();
                  topics.put("changelog", new TopicSize(bytes.applyAsLong(i), i));
                  return new SoakSample(1000 * i, i, 1L, topics);
                })
            .toList(),
        0);
  }
}
