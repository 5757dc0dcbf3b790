package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.decode.DecoderDevice.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderDeviceTest {

  @ParameterizedTest
  @CsvSource({"cpu, CPU, 0", "auto, AUTO, 0", "cuda:0, CUDA, 0", "cuda:12, CUDA, 12"})
  void isWrittenAsItIsRead(String text, Kind kind, int number) {
    DecoderDevice device = DecoderDevice.parse(text);

    assertThat(device).isEqualTo(new DecoderDevice(kind, number)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CPU", "gpu", "cuda", "cuda:", "cuda:-1", "cuda:x", "cuda:1000"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> DecoderDevice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device: expected cpu, cuda:N (N from 0) or auto, actual '" + text + "'");
  }

  @Test
  void refusesANumberBelowZero() {
    assertThatThrownBy(() -> DecoderDevice.cuda(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CUDA device: expected at least 0, actual -1");
  }
}
