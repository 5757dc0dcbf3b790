package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.streamglot.translator.TestResources;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The shipped model on the devices of this machine. What takes a build with {@code -Pcuda} is
 * skipped in others, and what takes a machine without a GPU on machines with one.
 */
class SessionsTest {

  private static final SearchOptions OPTIONS = new SearchOptions(2, 1, 1, 1.5f, 8);
  private static final List<int[]> SOURCES = List.of(new int[] {120, 45, 3}, new int[] {77, 3});

  private static ModelBundle bundle;

  @BeforeAll
  static void openBundle() throws IOException {
    bundle = TestResources.shippedModel();
  }

  @Test
  void autoFindsWhatTheCpuFinds() throws IOException {
    try (Decoder cpu = open(DecoderDevice.CPU);
        Decoder auto = open(DecoderDevice.AUTO)) {
      assertThat(tokens(auto)).isDeepEqualTo(tokens(cpu));
    }
  }

  @Test
  void cudaTakesABuildWithIt() {
    assumeFalse(isBuiltWithCuda());

    assertThatThrownBy(() -> open(DecoderDevice.cuda(1)))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:1: expected a build with -Pcuda,"
                + " actual one with ONNX Runtime for the CPU alone");
  }

  @Test
  void cudaSaysWhatTheMachineLacks() {
    assumeTrue(isBuiltWithCuda());
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")));

    assertThatThrownBy(() -> open(DecoderDevice.cuda(0)))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith(
            "device cuda:0: expected CUDA 12 and cuDNN 9 on the library path, and such a GPU,"
                + " actual ")
        .message()
        .containsPattern("lib\\w+\\.so|CUDA failure")
        .doesNotContain("\n");
  }

  private static Decoder open(DecoderDevice device) throws IOException {
    return Decoder.open(bundle, new DecoderSettings(1).withDevice(device));
  }

  private static int[][] tokens(Decoder decoder) {
    return decoder.decode(SOURCES, OPTIONS).stream()
        .map(found -> found.get(0).tokens())
        .toArray(int[][]::new);
  }

  private static boolean isBuiltWithCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }
}
