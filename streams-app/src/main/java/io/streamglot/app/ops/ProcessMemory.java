package io.streamglot.app.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Memory of a process as the operating system counts it. */
public final class ProcessMemory {

  /** Where Linux tells it. */
  public static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /**
   * Resident bytes of this process; empty where there is no {@link #STATUS}.
   *
   * @throws IOException if it cannot be read
   */
  public static OptionalLong residentBytes() throws IOException {
    return residentBytes(STATUS);
  }

  /**
   * Resident bytes of another process; empty where the system does not tell, or it has ended, also
   * if nobody has heard of its end yet.
   *
   * @throws IOException if it cannot be read
   */
  public static OptionalLong residentBytes(ProcessHandle process) throws IOException {
    return residentBytes(Path.of("/proc", Long.toString(process.pid()), "status"));
  }

  private static OptionalLong residentBytes(Path status) throws IOException {
    try {
      return residentBytes(Files.readAllLines(status));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong residentBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }
}
