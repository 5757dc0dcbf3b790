package io.streamglot.app.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

  @Test
  void residentMemoryIsReadFromTheStatusOfTheProcess() throws IOException {
    assertThat(ProcessMemory.residentBytes(List.of("VmHWM:\t 999 kB", "VmRSS:\t  123456 kB")))
        .isEqualTo(123456L * 1024);
    assertThatThrownBy(() -> ProcessMemory.residentBytes(List.of("Name:\tjava")))
        .isInstanceOf(IOException.class)
        .hasMessage("/proc/self/status: expected a line VmRSS, actual none");
  }
}
