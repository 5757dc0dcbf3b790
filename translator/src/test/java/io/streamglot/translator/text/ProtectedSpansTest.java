package io.streamglot.translator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedSpansTest {

  /** The spans of each are in ⟦ ⟧. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use ⟦`a.b(\"c\")`⟧ or ⟦``x ` y``⟧ here.",
        "Look:\n⟦```java\nint i = 1; // `x`\n\n```⟧\nNice.",
        "Look:\n⟦```\nnever closed",
        "A\n⟦~~~\nint x = foo;\n~~~⟧\nB\n  ⟦~~~sh\nls\n   ~~~~⟧\nC\n⟦>⟧ ⟦```\n> ls\n> ```⟧\nD",
        "A\n⟦````md\n```\nx\n```\n`````⟧\nB\n⟦~~~\n```\n~~~⟧\nC ⟦`c`⟧\n⟦```\n~~~\n```⟧\nD",
        "⟦```one two```⟧ and ⟦```ls\nls```⟧ Hi⟦~~~⟧\nHo\n⟦~~~~~⟧\nHe\n⟦~~~⟧",
        "Say ⟦<code>a = b;</code>⟧, ⟦<PRE lang=\"x\">a\n<b>b</b></PRE >⟧ or ⟦<pre><code>a</code></pre>⟧!",
        "⟦<style>b { }</style>⟧⟦<script>if (a < b) { c }</script>⟧ ⟦`<code>`⟧ ⟦<coder>⟧a⟦</coder>⟧ ⟦<code>⟧b",
        "See ⟦https://example.com/a_(b)?q=1&r=2#top⟧, (⟦http://x.org⟧). ⟦www.example.com/x⟧! ⟦example.org⟧?",
        "See ⟦youtu.be/dQw4w9WgXcQ⟧, ⟦bit.ly/3xYz⟧ or ⟦t.me/abcd⟧; ⟦a-b.co.uk/x_y?z⟧, ⟦münchen.de/x⟧.",
        "⟦Github.com/a⟧ ⟦Www.example.com/a⟧ ⟦Example.org⟧ ⟦GITHUB.COM⟧ ⟦HTTPS://A.B/c⟧ ⟦Mailto:a@b.cd⟧",
        "看⟦https://example.com/a⟧ 看⟦www.a.b⟧，看⟦youtu.be/x1⟧。看⟦example.com⟧看",
        "見て「⟦https://a.b/c⟧」です（⟦https://a.b/日本⟧）。“⟦https://a.b/c⟧” «⟦a.com/x⟧» ‘⟦a.com/x⟧’",
        "Hm...⟦youtube.com⟧ or reddit/⟦youtube.com⟧",
        "Wow...⟦https://example.com/a⟧ Unbelievableeeeeeeeee...⟦https://a.b⟧ ok.⟦www.a.b⟧",
        "⟦redd.it/a1⟧ ⟦discord.me/Ab⟧ ⟦a.be/c/d⟧ ⟦ABC.BE/X1⟧ ⟦a.be/ab-c⟧",
        "Is it ⟦ftp://a.b/c%20d⟧ or ⟦mailto:a@b.cd⟧?",
        "Write to ⟦jean-luc.x+y@example.co.uk⟧.",
        "Hi ⟦@bob⟧, ⟦@al_1⟧ and ⟦@jean.luc⟧. ⟦#Topic⟧ ⟦#été2024⟧!",
        "Hi ⟦@नेहा⟧ ⟦{नाम}⟧, ⟦#हिन्दी⟧ ⟦#می\u200cخواهم⟧ ⟦#ไทยนี้⟧ ⟦@jose\u0301⟧ ⟦nom_e\u0301⟧ ⟦jose\u0301@a.fr⟧",
        "请⟦@bob⟧看 请⟦@小明⟧ 请⟦@ユーザー1⟧",
        "⟦❤️⟧⟦#tag⟧ ⟦❤️⟧⟦@bob⟧ ⟦#️⃣⟧⟦:a:⟧ ⟦1️⃣⟧⟦a_b⟧",
        "Great ⟦👍🏽⟧ ⟦👩‍👩‍👧‍👦🎉⟧ ⟦🇫🇷⟧ ⟦1️⃣⟧ ⟦❤️‍🔥⟧ ⟦🏴󠁧󠁢󠁥󠁮󠁧󠁿⟧ ⟦❤⟧ ⟦©⟧ ok",
        "Fine ⟦:smile:⟧ ⟦:+1:⟧⟦:100:⟧ ⟦:-)⟧ ⟦<3⟧ ⟦:D⟧ ⟦^^⟧.",
        "Dear ⟦{{user.name}}⟧, ⟦${total}⟧ or ⟦{% if x %}⟧ ⟦<%= y %>⟧ or ⟦{{{raw}}}⟧.",
        "⟦%s⟧ has ⟦%1$d⟧ of ⟦%.2f⟧ ⟦%%⟧ for ⟦{0}⟧ and ⟦{name}⟧, ⟦{1,number}⟧ ⟦{}⟧ ⟦%(key)s⟧ ⟦%{key}⟧.",
        "⟦%d⟧ms, ⟦%d⟧MB, ⟦%.2f⟧km, ⟦%1$s⟧s, ⟦%(n)s⟧es, ⟦%@⟧s, ⟦%d⟧x⟦%d⟧; 50⟦%s⟧ of it, 100⟦%%⟧⟦%s⟧",
        "Page 1 ⟦%s⟧ 2 ⟦%d⟧, 3\u00a0⟦%.2f⟧ 4 ⟦%1$s⟧ 5 ⟦%-3d⟧ in ⟦%d⟧ms",
        "A ⟦<b>⟧bold⟦</b>⟧ ⟦<br/>⟧ ⟦<a href=\"x y\">⟧link⟦</a>⟧ ⟦<!-- no\ntext -->⟧ ⟦&nbsp;⟧ ⟦&#39;⟧ ⟦&#x1F600;⟧",
        "⟦<a title=\"a > b\" href=\"x\">⟧link⟦</a>⟧ ⟦<i title='x>y < z'>⟧ ⟦<img alt=\"x>⟧ ⟦<img alt=it's>⟧",
        "⟦<a:my_party:123456>⟧ ⟦<:x_y:123>⟧ ⟦<t:1618953630:R>⟧ ok",
        "Ask ⟦<@U123ABC>⟧ in ⟦<#C1|general>⟧ or ⟦<https://a.b>⟧.",
        "⟦**⟧Bold⟦**⟧ ⟦*⟧it⟦*⟧ ⟦_⟧em⟦_⟧ ⟦__⟧b⟦__⟧ ⟦~~⟧gone⟦~~⟧ ⟦***⟧x⟦***⟧",
        "⟦#⟧ Title\n⟦-⟧ one\n  ⟦*⟧ two\n⟦1.⟧ three\n⟦>⟧ quote\n⟦>⟧⟦>⟧nested\n⟦-⟧ ⟦[x]⟧ done",
        "Read ⟦[⟧the docs⟦](https://a.b/c_(d) \"t\")⟧ and ⟦![⟧alt⟦](i.png)⟧ now.",
        "Read ⟦[⟧docs⟦][1]⟧, ⟦![⟧alt⟦][a pic]⟧, ⟦[[A Page]]⟧, ⟦[[A Page|⟧a text⟦]]⟧\n⟦[1]:⟧ ⟦https://a.b/c⟧",
        "un⟦**⟧frigging⟦**⟧believable, ⟦**⟧bold⟦**⟧er, under⟦~~⟧stood⟦~~⟧!",
        "Call ⟦{{ f({a: 1}) }}⟧, ⟦${a.map(b => {c})}⟧ or ⟦{{#if d}}⟧.",
        "⟦{n, plural, one {# item} other {{name} and # items}}⟧, ⟦{g,select,a{he} other{they}}⟧",
        "hello⟦:)⟧ thanks⟦;-)⟧. yes⟦:D⟧ no⟦:(⟧, (⟦:P⟧) ok!⟦:-)⟧ ⟦=)⟧ haha⟦=)⟧",
        "Set ⟦snake_case⟧ and ⟦MAX_LENGTH_2⟧.",
        "Private ⟦\ue000\uf8ff⟧ ⟦\udb80\udc00⟧ use",
      })
  void findsSpansOfEachKind(String marked) {
    String text = marked.replaceAll("[⟦⟧]", "");

    assertThat(marked(text, Terms.NONE))
        .isEqualTo(marked.endsWith("closed") ? marked + "⟧" : marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 * 3 is 15, and 2*3 is 6.",
        "I'm 100% sure, 50 % or so.",
        "100%sure, 100%d'accord, 20%-off, 10%+discount, the %change, 5% done.",
        "100 %sure, 100\u00a0%d'accord, 10\u202f%de la, 100 %d’accord, 5 %+discount",
        "It starts at 10:30:45 and ends at 11:00.",
        "Well: it is (I think) 3 < 4 & 5 > 2.",
        "AT&T said: no; don't - really - go.",
        "What the f**k, sh*t, f**k this sh**t.",
        "[note]: this. C:Dir a:b x: y (see: a:(b)) {a, of}",
        "I have $5, 3/4 or ~10.",
        "He came at 5 @ night # or so.",
        "One [two] three. {a b}",
        "It's 5`clock.",
        "A -> B, a--b, x = y.",
        "Hello.How are you?No.",
        "This and/or that, i.e./e.g. p.m./a.m. in the U.S./UK, 3.5/5 or 24/7.",
        "I.e./e.g. Hello.World/all of St.Gallen/Zurich. He came.She/he left.Ok.Net.",
        "he came.she/he left. ok.and/or not, it was me.his/her!!! HE CAME.SHE/HE LEFT.",
        "At jose\u0301@home, e\u0301:smile:e\u0301, e\u0301#x",
        "Wait... what?! (really)",
      })
  void findsNoSpanWhereThereIsNone(String text) {
    assertThat(marked(text, Terms.NONE)).isEqualTo(text);
  }

  @Test
  void findsTermsThatStandAlone() {
    Terms terms = Terms.of(List.of("Kafka", "Kafka Streams", "C++", " ", "Été"));

    assertThat(marked("Kafka Streams, Kafka, Kafkaesque, kafka, C++ and Été!", terms))
        .isEqualTo("⟦Kafka Streams⟧, ⟦Kafka⟧, Kafkaesque, kafka, ⟦C++⟧ and ⟦Été⟧!");
    assertThat(marked("Kafka\u0301 C++ \u2764\uFE0FKafka", terms))
        .isEqualTo("Kafka\u0301 ⟦C++⟧ ⟦\u2764\uFE0F⟧⟦Kafka⟧");
    assertThat(marked("https://Kafka.org Kafka", terms)).isEqualTo("⟦https://Kafka.org⟧ ⟦Kafka⟧");
  }

  @Test
  void leavesOutTermsThatAreTooLong() {
    String longest = "x".repeat(Terms.MAX_CHARACTERS);

    assertThat(Terms.of(List.of(longest)).find(longest)).hasSize(1);
    assertThat(Terms.of(List.of(longest + "x")).find(longest + "x")).isEmpty();
  }

  private static String marked(String text, Terms terms) {
    StringBuilder marked = new StringBuilder(text);
    int shift = 0;
    for (Span span : ProtectedSpans.find(text, terms)) {
      marked.insert(span.start() + shift++, '⟦').insert(span.end() + shift++, '⟧');
    }
    return marked.toString();
  }
}
