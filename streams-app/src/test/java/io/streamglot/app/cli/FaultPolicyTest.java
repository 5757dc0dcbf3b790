package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.translator.decode.DecodingException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPolicyTest {
  private long now = -Duration.ofDays(1).toNanos();
  private final FaultPolicy policy = new FaultPolicy(1, () -> now);

  static Stream<Throwable> mendable() {
    return Stream.of(
        new TopicAuthorizationException("not authorized"),
        new StreamsException(new SaslAuthenticationException("wrong password")),
        new StreamsException(new ConfigException("no such class")),
        new MissingSourceTopicException("one or more source topics were missing"));
  }

  @ParameterizedTest
  @MethodSource("mendable")
  void whatTheUserHasToMendEndsTheApplicationAtOnceWithALine(Throwable problem) {
    assertThat(policy.fatal(problem)).containsInstanceOf(UserErrorException.class);
  }

  @Test
  void aModelThatDoesNotLoadWhenItsFirstTextComesEndsTheApplicationAtOnceWithItsLine() {
    var damaged = new UserErrorException("models/en-fr: model.onnx: SHA-256: expected a, actual b");

    assertThat(policy.fatal(new StreamsException(damaged))).containsSame(damaged);
  }

  @Test
  void anErrorOfTheJvmEndsTheApplicationAtOnce() {
    assertThat(policy.fatal(new StreamsException(new OutOfMemoryError("Java heap space"))))
        .get()
        .isInstanceOf(IllegalStateException.class)
        .extracting(Exception::getMessage)
        .asString()
        .contains("cannot go on: OutOfMemoryError: Java heap space");
  }

  @Test
  void threeFaultsInFiveMinutesAreTriedAgainAndTheFourthIsNot() {
    for (int i = 0; i < 3; i++) {
      assertThat(policy.fatal(new DecodingException("device", null))).isEmpty();
      now += Duration.ofSeconds(99).toNanos();
    }
    assertThat(policy.fatal(new StreamsException(new TimeoutException("slow"))))
        .get()
        .extracting(Exception::getMessage)
        .asString()
        .endsWith("failed 4 times within 5 minutes, at last: TimeoutException: slow");
  }

  @Test
  void aFaultOfWhatFourThreadsShareCountsOnceForEach() {
    FaultPolicy ofFour = new FaultPolicy(4, () -> now);
    for (int i = 0; i < 12; i++) {
      assertThat(ofFour.fatal(new DecodingException("device", null))).isEmpty();
    }
    assertThat(ofFour.fatal(new DecodingException("device", null))).isPresent();
  }

  @Test
  void faultsOfLongerAgoDoNotCount() {
    for (int i = 0; i < 20; i++) {
      assertThat(policy.fatal(new DecodingException("device", null))).isEmpty();
      now += Duration.ofSeconds(101).toNanos();
    }
  }
}
