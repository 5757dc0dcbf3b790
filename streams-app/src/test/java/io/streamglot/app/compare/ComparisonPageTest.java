package io.streamglot.app.compare;

import static io.streamglot.app.compare.Recordings.failed;
import static io.streamglot.app.compare.Recordings.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.streamglot.schemas.RecordedMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {

  private static final int CHANGES = 1_000;
  private static final int FAILURES = 7;
  private static final Optional<Browser> BROWSER = Browser.find();

  /** What a hostile user might write. */
  private static final String MARKUP =
      "</script><script>document.title='owned'</script><img src=x onerror=\"alert(1)\"> & 'q'";

  private static final String BIDI = "user\u202egnp.exe";
  private static final String EMOJI = "👩‍👩‍👧 👍🏽";

  /** Such as the time of day. */
  private static final Pattern BROWSERS_OWN =
      Pattern.compile("^(http://)?[a-z0-9.-]+\\.(google|googleapis|gvt1)\\.com[:/]");

  @TempDir private static Path folder;

  private static Path page;

  @BeforeAll
  static void writePage() {
    List<RecordedMessage> old = new ArrayList<>();
    List<RecordedMessage> candidate = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String language = i % 4 == 0 ? "de" : "fr";
      old.add(translated("m" + i, language, "Il fait beau, message " + i, -0.5f, "1.0.0", 9));
      candidate.add(translated("m" + i, language, newText(i), -0.5f - i / 1000f, "1.1.0", 9));
    }
    for (int i = 0; i < FAILURES; i++) {
      old.add(translated("f" + i, "fr", "oui"));
      candidate.add(failed("f" + i, "fr"));
    }
    page = folder.resolve("report.html");
    ComparisonPage.write(
        Comparer.compare(
            new RecordedOutcomes("old <b>.avro", old.iterator(), Recordings.AVRO, true),
            new RecordedOutcomes("new.avro", candidate.iterator(), Recordings.AVRO, true),
            ReferenceTexts.NONE,
            CHANGES),
        List.of("changed: expected at most 0, actual 1000"),
        page);
  }

  private static String newText(int i) {
    return switch (i) {
      case 1 -> MARKUP;
      case 2 -> BIDI;
      case 3 -> EMOJI + "\nder zweite Satz";
      default -> "Il fait froid, message " + i;
    };
  }

  @Test
  void nothingInThePageLeadsOutOfIt() throws IOException {
    String html = Files.readString(page);

    assertThat(html)
        .doesNotContainPattern("https?://")
        .doesNotContainPattern("(?i)<(link|img|iframe|object|embed|base)\\b")
        .doesNotContainPattern("@import|url\\(")
        .contains("default-src 'none'");
    // One script: the page's own.
    assertThat(html.split("<script", -1)).hasSize(2);
  }

  @Test
  void textsOfUsersAreTextInThePage() throws IOException {
    String html = Files.readString(page).replaceAll("</?(ins|del)>", "");

    assertThat(html)
        .contains("&lt;/script&gt;&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;")
        .contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;q&#39;")
        .contains("old &lt;b&gt;.avro")
        .contains("&lt;U+202E&gt;")
        .doesNotContain("\u202e")
        .contains(EMOJI);
  }

  @Test
  void aThousandDifferencesAreThereAndCounted() throws Exception {
    String dom = open("");

    assertThat(dom.split("<article ", -1)).hasSize(CHANGES + FAILURES + 1);
    assertThat(dom).contains(shown(CHANGES + FAILURES));
    assertThat(dom).contains("<title>old &lt;b&gt;.avro and new.avro compared</title>");
    assertThat(dom).containsPattern("Il fait <del>beau</del>, message 10<");
    assertThat(dom).containsPattern("Il fait <ins>froid</ins>, message 10<");
    assertThat(dom.split("<svg ", -1)).hasSize(4);
  }

  @Test
  void filtersHideWhatIsNotWanted() throws Exception {
    assertThat(open("class=failed-new")).contains(shown(FAILURES));
    assertThat(open("class=changed&language=de")).contains(shown(CHANGES / 4));
    assertThat(open("text=ZWEITE%20satz")).contains(shown(1));
  }

  @Test
  void sortsByTheGreatestLossOfScore() throws Exception {
    List<MatchResult> ids =
        Pattern.compile("<h3>(\\w+) ").matcher(open("sort=score")).results().toList();

    assertThat(ids.get(0).group(1)).isEqualTo("m" + (CHANGES - 1));
    assertThat(ids.get(CHANGES - 1).group(1)).isEqualTo("m0");
    assertThat(ids.get(CHANGES).group(1)).startsWith("f");
  }

  @Test
  void noRequestLeavesTheBrowserForThePage() throws Exception {
    Path another =
        Files.writeString(
            folder.resolve("another.html"), "<img src=\"http://elsewhere.invalid/image.png\">");

    assertThat(requestsFor(another)).containsExactly("http://elsewhere.invalid/image.png");
    assertThat(requestsFor(page)).isEmpty();
  }

  /** What the browser asks a proxy for, less what it wants for itself. */
  private static List<String> requestsFor(Path page) throws Exception {
    Queue<String> requests = new ConcurrentLinkedQueue<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          exchange.close();
        });
    proxy.start();
    try {
      browser()
          .open(
              page,
              "",
              folder.resolve("proxied"),
              "--proxy-server=127.0.0.1:" + proxy.getAddress().getPort());
    } finally {
      proxy.stop(0);
    }
    return requests.stream().filter(uri -> !BROWSERS_OWN.matcher(uri).find()).toList();
  }

  private static String open(String fragment) throws Exception {
    return browser().open(page, fragment, folder.resolve("profile"));
  }

  private static Browser browser() {
    assumeTrue(
        BROWSER.isPresent(),
        "no chromium, chromium-browser or google-chrome on the PATH to open the report with");
    return BROWSER.orElseThrow();
  }

  private static String shown(int count) {
    return ">%d of %d</output>".formatted(count, CHANGES + FAILURES);
  }
}
