package io.streamglot.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

  @Test
  void residentMemoryIsReadFromTheStatusOfTheProcess() {
    assertThat(ProcessMemory.residentBytes(List.of("VmHWM:\t 999 kB", "VmRSS:\t  123456 kB")))
        .hasValue(123456L * 1024);
    assertThat(ProcessMemory.residentBytes(List.of("Name:\tjava", "State:\tZ (zombie)"))).isEmpty();
  }
}
