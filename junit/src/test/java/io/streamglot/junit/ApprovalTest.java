package io.streamglot.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a text that was not approved is told. */
class ApprovalTest {

  @TempDir private Path folder;
  private Path approved;

  @BeforeEach
  void nameTheFile() {
    approved = folder.resolve("chat.approved.txt");
  }

  @Test
  void aMissingLastLineFeedIsSaid() throws Exception {
    Files.writeString(approved, "one\ntwo");

    assertThatThrownBy(() -> new Approval(approved).require("one\ntwo\n"))
        .hasMessage(
            """
            %s: expected what is approved, actual the same lines, with other line ends or without the last
            -Dstreamglot.update=true approves the new ones\
            """
                .formatted(approved));
  }

  @Test
  void aLineThatIsMoreDoesNotMakeThoseAfterItDiffer() throws Exception {
    Files.writeString(approved, "one\ntwo\nthree\n");

    assertThatThrownBy(() -> new Approval(approved).require("one\nand a half\ntwo\nthree\n"))
        .hasMessage(
            """
            %s: expected what is approved, lines that differ: 1
              line 2
                approved: (nothing)
                actual:   and a half
            -Dstreamglot.update=true approves the new ones\
            """
                .formatted(approved));
  }
}
