package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

  private static final int INFINITY = 0x7c00;

  /** What 16 bits mean, as IEEE 754 defines it: sign, 5 bits of exponent, 10 of fraction. */
  static float toFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    double magnitude =
        exponent == 0 ? fraction * 0x1p-24 : (1 + fraction * 0x1p-10) * Math.pow(2, exponent - 15);
    return (float) (half < 0 ? -magnitude : magnitude);
  }

  @Test
  void keepsWhatSixteenBitsCanSay() {
    for (int bits = 0; bits < INFINITY; bits++) {
      assertThat(HalfFloat.of(toFloat((short) bits))).isEqualTo((short) bits);
      assertThat(HalfFloat.of(-toFloat((short) bits))).isEqualTo((short) (bits | 0x8000));
    }
  }

  @Test
  void roundsToTheNearestAndATieToTheEvenOne() {
    for (int bits = 0x0400; bits < INFINITY - 1; bits++) {
      float lower = toFloat((short) bits);
      float upper = toFloat((short) (bits + 1));
      float middle = (lower + upper) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(HalfFloat.of(middle)).isEqualTo((short) even);
      assertThat(HalfFloat.of(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfFloat.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  @Test
  void isInfiniteBeyondTheLargestAndNotANumberForNone() {
    assertThat(HalfFloat.of(65_519.99f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloat.of(65_520f)).isEqualTo((short) INFINITY);
    assertThat(HalfFloat.of(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
    assertThat(HalfFloat.of(Float.NaN)).isEqualTo((short) 0x7e00);
  }
}
