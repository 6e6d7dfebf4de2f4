package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathStringTest {

  private static final String ALPHABET = "//..;%%25eEfF0aAcC3bé \\";

  @ParameterizedTest
  @CsvSource({
    "/a;x=1/b;jsessionid=2, /a/b",
    "/a%3Bx, /a;x",
    "/a/..;x/b, /b",
    "/a/%2e%2e;x/b, /b",
    "/;x, /",
    "/a;, /a",
    "/;/a, //a",
  })
  void v11_parametersGoBeforeDecodingAndDecodingGoesBeforeDotSegments(String raw, String path) {
    assertThat(PathString.decode(raw)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "/a/b",
        "/a//b",
        "/...",
        "/.well-known/x",
        "/a.b/..c/d..",
        "/a.",
        "/é"
      })
  void v11_aPathWithNothingToDoIsTheSameObject(String raw) {
    assertThat(PathString.decode(raw)).isSameAs(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/%C3%A5, /å",
    "/%E6%88%91, /我",
    "/%F0%A4%AD%A2, /\uD852\uDF62",
    "/a+b, /a+b",
    "/%25, /%",
    "/%2541, /%41",
    "/%5C, /\\",
    "/%41%CC%8A, /A\u030A",
    "/%20, '/ '",
  })
  void v12_validUtf8IsDecodedOnce(String raw, String path) {
    assertThat(PathString.decode(raw)).isEqualTo(path);
    assertThat(PathString.unescape(raw)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"/%2F, /%2F", "/sub%2fpath, /sub%2fpath", "/..%2F.., /..%2F..", "/%252F, /%2F"})
  void v12_percentTwoFStaysAsItIs(String raw, String path) {
    assertThat(PathString.decode(raw)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/%, /%",
    "/%4, /%4",
    "/%G1, /%G1",
    "/%4G, /%4G",
    "/%%41, /%A",
    "/%C0%AF, /%C0%AF",
    "/%E0%80%AF, /%E0%80%AF",
    "/%F0%80%80%AF, /%F0%80%80%AF",
    "/%ED%A0%80, /%ED%A0%80",
    "/%F4%90%80%80, /%F4%90%80%80",
    "/%F5%80%80%80, /%F5%80%80%80",
    "/%80, /%80",
    "/%FF, /%FF",
    "/%C3, /%C3",
    "/%C3x, /%C3x",
    "/%E6%88, /%E6%88",
    "/%C3%28, /%C3(",
    "/%C3%C3%A5, /%C3å",
    "/%F0%A4%AD%41, /%F0%A4%ADA",
  })
  void v13_onlyTheOffendingOctetsStay(String raw, String path) {
    assertThat(PathString.decode(raw)).isEqualTo(path);
    assertThat(PathString.unescape(raw)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%00", "/a\0", "/a\nb", "/\u007F", "/a?x=%00", "\t"})
  void v14_controlCharactersAndPercentZeroAreNotAcceptable(String target) {
    assertThat(PathString.isAcceptable(target)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "*", "/%0", "/%", "/%2500", "/a b", "/é?%41"})
  void v14_otherTargetsAreAcceptable(String target) {
    assertThat(PathString.isAcceptable(target)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/%2E%2E/b, /b",
    "/a/../b, /b",
    "/../a, /a",
    "/a/.., /",
    "/a/., /a/",
    "/a/..., /a/...",
    "/., /",
    "/.., /",
    "/../../.., /",
    "/a/./b, /a/b",
    "/a/b/../../c, /c",
    "/a/b/.%2e/, /a/",
    "/a//../b, /a/b",
    "/./., /",
    "/a/%2e, /a/",
    "/.%2Fx, /.%2Fx",
    "/.a/..b, /.a/..b",
  })
  void v15_dotSegmentsGoAndNeverAboveTheRoot(String raw, String path) {
    assertThat(PathString.decode(raw)).isEqualTo(path);
  }

  @Test
  void v16_emptySegmentsStay() {
    assertThat(PathString.decode("//a//b/")).isEqualTo("//a//b/");
    assertThat(PathString.decode("//a//%62/")).isEqualTo("//a//b/");
  }

  @ParameterizedTest
  @CsvSource({"/a/b, /a/b", "//a//b, /a/b", "/a///, /a/", "//, /", "'', ''", "///a, /a"})
  void v16_slashesCollapseWhereAFilterAsksForIt(String path, String collapsed) {
    assertThat(PathString.collapseSlashes(path)).isEqualTo(collapsed);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b/c, 0, 0",
    "/a/b/c, 1, 2",
    "/a/b/c, 2, 4",
    "/a/b/c, 3, 6",
    "/a/b/c, 9, 6",
    "/base%20path/x, 1, 12",
    "/a/, 1, 2",
    "'', 1, 0",
  })
  void v20_segmentsAreSkippedInARawPath(String path, int count, int index) {
    assertThat(PathString.skipSegments(path, count)).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "/a, 1", "/a/b, 2", "/base path, 1"})
  void v20_segmentsAreCounted(String path, int count) {
    assertThat(PathString.countSegments(path)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/aZ09!$&'()*+,-.:;=@_~ | /aZ09!$&'()*+,-.:;=@_~",
        "/%2F%41 | /%2F%41",
        "/% | /%25",
        "/%4 | /%254",
        "/a b | /a%20b",
        "/å | /%C3%A5",
        "/\uD852\uDF62 | /%F0%A4%AD%A2",
        "/\uD852x | /%EF%BF%BDx",
        "/?#[]\\ | /%3F%23%5B%5D%5C",
      })
  void v21_escapeKeepsWhatMayStandInAPath(String path, String escaped) {
    assertThat(PathString.escape(path)).isEqualTo(escaped);
  }

  @Test
  void v21_escapeGivesTheSameObjectWhenThereIsNothingToDo() {
    String path = "/a/b%2Fc";
    assertThat(PathString.escape(path)).isSameAs(path);
  }

  @Test
  void v21_escapedTextUnescapesToWhatItWas() {
    Random random = new Random(21);
    for (int i = 0; i < 20_000; i++) {
      String path = "/" + randomText(random, "abc/+;=& ?#éå我\\\"<>{}", 12);
      assertThat(PathString.unescape(PathString.escape(path))).isEqualTo(path);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/base, /base, /base, ''",
    "/base/, /base, /base, /",
    "/Base/x, /bASE, /Base, /x",
    "/x, '', '', /x",
    "'', '', '', ''",
    "/ÅB/c, /åb, /ÅB, /c",
  })
  void v22_aPrefixMatchesAtASegmentBoundaryIgnoringCase(
      String path, String prefix, String matched, String remaining) {
    assertThat(PathString.matchPrefix(path, prefix))
        .isEqualTo(new PathString.Match(matched, remaining));
  }

  @ParameterizedTest
  @CsvSource({"/baseball, /base", "/bas, /base", "'', /base", "/x/base, /base"})
  void v22_otherPathsDoNotMatch(String path, String prefix) {
    assertThat(PathString.matchPrefix(path, prefix)).isNull();
  }

  /** V11 to V15: random targets, against the same rules written plainly, one after the other. */
  @Test
  void v11_randomPathsDecodeAsThePlainRulesSay() {
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      String raw = "/" + randomText(random, ALPHABET, 16);
      String expected = plainRules(raw);
      assertThat(PathString.decode(raw)).as(raw).isEqualTo(expected);
    }
  }

  private static String plainRules(String raw) {
    String path = PathString.unescape(raw.replaceAll(";[^/]*", ""));
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..") && !kept.isEmpty()) {
        kept.removeLast();
      }
      if (!segments[i].equals(".") && !segments[i].equals("..")) {
        kept.addLast(segments[i]);
      } else if (last) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String randomText(Random random, String alphabet, int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(maxLength); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
