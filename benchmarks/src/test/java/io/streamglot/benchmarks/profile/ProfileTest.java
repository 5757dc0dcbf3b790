package io.streamglot.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real profile: two searches of three sentences each with the model that ships. */
class ProfileTest {

  private static final int STATE = 384;
  private static final int GATES = 4;

  @TempDir private static Path folder;
  private static String json;
  private static Profile profile;

  @BeforeAll
  static void search() throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of("../models/en-fr"));
    Path prefix = folder.resolve("search");
    try (Decoder decoder = Decoder.open(bundle, new DecoderSettings(1).withProfile(prefix))) {
      List<int[]> sources = List.of(new int[] {300, 400, 3}, new int[] {5, 3}, new int[] {7, 3});
      SearchOptions options = new SearchOptions(2, 1, 1, 1, 2);
      decoder.decode(sources, options);
      decoder.decode(sources, options);
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElseThrow();
      json = Files.readString(file);
      profile = Profile.read(file);
    }
  }

  @Test
  void kernelsTakeNoLongerThanTheRunsAndNodesThatHoldGraphsAreNoKernels() {
    assertThat(profile.runs()).isEqualTo(2);
    assertThat(profile.kernelMicros()).isPositive().isLessThan(profile.runMicros());
    assertThat(profile.calls()).extracting(KernelCall::operator).doesNotContain("Loop", "If");
    assertThat(profile.loops()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void operatorsAddUpAndTheLongestComesFirst() {
    List<KernelTime> operators = profile.byOperator();

    assertThat(operators.stream().mapToLong(KernelTime::micros).sum())
        .isEqualTo(profile.kernelMicros());
    assertThat(operators).extracting(time -> -time.micros()).isSorted();
    assertThat(operators).extracting(KernelTime::name).contains("LSTM (CPU)", "LogSoftmax (CPU)");
  }

  @Test
  void productsAddUpAndTheirWidthsTellTheMatrix() {
    List<ProductTime> products = profile.products();

    assertThat(products.stream().mapToLong(product -> product.time().micros()).sum())
        .isEqualTo(profile.productMicros())
        .isPositive();
    assertThat(products)
        .filteredOn(product -> product.widths().startsWith("256 to "))
        .as("output and energies")
        .hasSize(2)
        .allSatisfy(product -> assertThat(product.inLoop()).isTrue());
    assertThat(products)
        .filteredOn(product -> product.widths().equals("512 to 256"))
        .singleElement()
        .satisfies(keys -> assertThat(keys.inLoop()).isFalse());
  }

  @Test
  void theEncoderIsARecurrentLayer() {
    long lstm =
        profile.calls().stream()
            .filter(call -> call.operator().equals("LSTM"))
            .mapToLong(KernelCall::micros)
            .sum();

    assertThat(profile.recurrentLayerMicros()).isEqualTo(lstm).isPositive();
  }

  @Test
  void theRecurrentProductRunsOnceAStep() {
    long steps =
        profile.calls().stream().filter(call -> call.operator().equals("LogSoftmax")).count();

    assertThat(profile.recurrentProduct(STATE, GATES)).hasSize((int) steps);
    assertThat(profile.recurrentProduct(STATE + 1, GATES)).isEmpty();
  }

  @Test
  void nothingIsCopiedBetweenDevicesOnACpu() {
    assertThat(profile.copiesInLoops()).isEmpty();
    assertThat(profile.providers()).containsExactly("CPU");
  }

  /** The same profile, had a node been a copy: one in the loop, then the encoder outside. */
  @Test
  void copiesInLoopsAreFoundAndThoseOutsideAreNot() throws IOException {
    Profile inside = Profile.read(write(json.replaceAll(pattern("LogSoftmax"), "MemcpyToHost")));
    Profile around = Profile.read(write(json.replaceAll(pattern("LSTM"), "MemcpyFromHost")));

    assertThat(inside.copiesInLoops()).isNotEmpty().allMatch(node -> node.contains("LogSoftmax"));
    assertThat(around.copiesInLoops()).isEmpty();
    assertThat(around.recurrentLayerMicros()).isZero();
  }

  private static String pattern(String operator) {
    return "(?<=\"op_name\"\\s{0,3}:\\s{0,3}\")" + operator + "(?=\")";
  }

  @Test
  void refusesAProfileThatStoppedBeforeTheEnd() throws IOException {
    Path full = folder.resolve("full.json");
    try (BufferedWriter out = Files.newBufferedWriter(full)) {
      out.write("[{}");
      for (int i = 1; i < 1_000_000; i++) {
        out.write(",{}");
      }
      out.write("]");
    }

    assertThatThrownBy(() -> Profile.read(full))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected below 1,000,000", "actual 1,000,000");
  }

  private static Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("changed.json"), content);
  }
}
