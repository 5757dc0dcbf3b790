package io.streamglot.app.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.topology.LanguagePair;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutEventTest {

  private static final LanguagePair PAIR = new LanguagePair("en", "fr");
  private static final BundleName NEXT = new BundleName("next", "2.0.0", "ab".repeat(32));

  static Stream<RolloutEvent> events() {
    var trial = Optional.of(new RolloutEvent.Candidate(NEXT, 0.05, false));
    var shadow = Optional.of(new RolloutEvent.Candidate(new BundleName("x", "1", ""), 0, true));
    return Stream.of(
        RolloutEvent.configured(PAIR),
        new RolloutEvent(PAIR, Optional.of(NEXT), Optional.empty()),
        new RolloutEvent(PAIR, Optional.empty(), trial),
        new RolloutEvent(PAIR, Optional.of(NEXT), shadow));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadAsItWasWritten(RolloutEvent event) throws RolloutException {
    assertThat(RolloutEvent.read(RolloutEvent.pair(event.key()), event.value())).isEqualTo(event);
  }

  @Test
  void peopleMayWriteOneByHand() throws RolloutException {
    assertThat(read("{\"candidate\": {\"bundle\": \"b\", \"version\": \"2\", \"share\": 1}}"))
        .hasToString("en to fr: the configured model, candidate b (2), share 1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                   | value: expected a JSON object, actual Unexpected end-of-input
          []                                  | value: expected a JSON object, actual ARRAY
          {} {}                               | value: expected a JSON object
          {"bundle": "b"}                     | version: expected text, actual none
          {"bundle": 3, "version": "1"}       | bundle: expected text, actual 3
          {"bundle": "", "version": "1"}      | bundle: expected text, actual ""
          {"model": "b"}                      | model: expected one of [bundle, candidate, sha256, version], actual an unknown field
          {"bundle": "b", "version": "1", "sha256": "12"} | sha256: expected 64 hexadecimal digits, actual '12'
          {"candidate": "b"}                  | candidate: expected an object, actual STRING
          {"candidate": {"bundle": "b", "version": "1"}} | candidate: expected a share above 0 or shadow, actual neither
          {"candidate": {"bundle": "b", "version": "1", "share": 5}} | candidate.share: expected a number from 0 to 1, actual 5
          {"candidate": {"bundle": "b", "version": "1", "share": "1"}} | candidate.share: expected a number from 0 to 1, actual "1"
          {"candidate": {"bundle": "b", "version": "1", "shadow": 1}} | candidate.shadow: expected true or false, actual 1
          """)
  void whatIsWrongWithOneIsSaid(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(RolloutException.class)
        .hasMessageStartingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "en", "en:", "en-fr", "en:fr:de", "e n:fr"})
  void aKeyThatNamesNoPairIsRefused(String key) {
    assertThatThrownBy(() -> RolloutEvent.pair(key))
        .hasMessage("key: expected two BCP 47 tags as in en:fr, actual '%s'".formatted(key));
  }

  private static RolloutEvent read(String json) throws RolloutException {
    return RolloutEvent.read(PAIR, json.getBytes(StandardCharsets.UTF_8));
  }
}
