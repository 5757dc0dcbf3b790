package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.streamglot.translator.TestResources;
import io.streamglot.translator.decode.Lanes.Lane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the model that ships. */
class LanesTest {

  private static final Duration LONGEST_OPENING = Duration.ofMinutes(1);

  private Lanes lanes;

  @BeforeEach
  void open() throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Sessions sessions =
        new Sessions(environment, TestResources.shippedModel(), new DecoderSettings(4));
    lanes = new Lanes(environment, sessions, sessions.open(), true);
  }

  @AfterEach
  void close() throws Exception {
    lanes.close();
  }

  @Test
  void oneSearchAfterTheOtherRunsInOneLane() throws Exception {
    Lane lane = lanes.take();
    lanes.giveBack(lane);

    assertThat(lanes.take()).isEqualTo(lane);
    assertThat(lane.shares()).isFalse();
    lanes.giveBack(lane);
  }

  @Test
  void aSecondSearchSharesTheSessionUntilItsOwnIsOpen() throws Exception {
    Lane first = lanes.take();
    Lane second = lanes.take();
    assertThat(second.shares()).isTrue();
    assertThat(second.session()).isSameAs(first.session());
    assertThat(second.inputs()).isNotSameAs(first.inputs());

    Lane own = withItsOwnSession(second);

    assertThat(own.session()).isNotSameAs(first.session());
    assertThat(own.inputs()).isSameAs(second.inputs());
    List.of(first, own).forEach(lanes::giveBack);
  }

  @Test
  void closesEverySession() throws Exception {
    Lane first = lanes.take();
    Lane second = withItsOwnSession(lanes.take());
    List.of(first, second).forEach(lanes::giveBack);

    lanes.close();

    for (OrtSession session : List.of(first.session(), second.session())) {
      assertThatThrownBy(session::getInputInfo).isInstanceOf(IllegalStateException.class);
    }
    open();
  }

  private Lane withItsOwnSession(Lane shared) throws Exception {
    long end = System.nanoTime() + LONGEST_OPENING.toNanos();
    Lane lane = shared;
    while (lane.shares() && System.nanoTime() < end) {
      Thread.sleep(10);
      lanes.giveBack(lane);
      lane = lanes.take();
    }
    assertThat(lane.shares()).isFalse();
    return lane;
  }
}
