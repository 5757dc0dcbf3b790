package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.junit.Replay;
import io.streamglot.junit.ReplayOn;
import io.streamglot.junit.ReplayTest;

/** What becomes of a recorded chat, held to what was approved. */
class ChatReplayTest {

  private static final String CHAT = "src/test/resources/chat.avro";
  private static final String MODEL = "../../models/en-fr";

  @ReplayTest(recording = CHAT, bundles = MODEL)
  void theChatIsTranslatedAsApproved(Replay replay) {
    assertThat(replay.translations())
        .as("addresses stay as they are")
        .anyMatch(translation -> translation.getText().contains("https://example.com/help"));
  }

  /** The same file is held to: a broker changes nothing. */
  @ReplayTest(recording = CHAT, bundles = MODEL, on = ReplayOn.EMBEDDED_BROKER)
  void soItIsOnARealBroker(Replay replay) {
    assertThat(replay.failures()).hasSize(1);
  }
}
