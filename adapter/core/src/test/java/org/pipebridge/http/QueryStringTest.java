package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.Query;

final class QueryStringTest {

  @Test
  void v25_pairsAreSplitAndDecoded() {
    Query query = QueryString.parse("?a=1&b=%C3%A5+x&a=2&c=%");

    assertThat(query.values("a")).containsExactly("1", "2");
    assertThat(query.first("b")).isEqualTo("å x");
    assertThat(query.first("c")).isEqualTo("%");
  }

  @Test
  void v25_theFirstEqualsSignPartsNameAndValue() {
    Query query = QueryString.parse("a=b=c&=v&n&e=");

    assertThat(query.first("a")).isEqualTo("b=c");
    assertThat(query.first("")).isEqualTo("v");
    assertThat(query.first("n")).isEmpty();
    assertThat(query.first("e")).isEmpty();
    assertThat(query.names()).containsExactly("a", "", "n", "e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?&", "&&&"})
  void v25_emptyPartsAreSkipped(String raw) {
    assertThat(QueryString.parse(raw).names()).isEmpty();
  }

  @Test
  void v25_namesAreDecodedAndSemicolonsDoNotSplit() {
    Query query = QueryString.parse("?a%20b+c=x;y=z&%2B=%2F");

    assertThat(query.first("a b c")).isEqualTo("x;y=z");
    assertThat(query.first("+")).isEqualTo("/");
  }

  @ParameterizedTest
  @CsvSource({"%, %", "%zz, %zz", "%C3, %C3", "%C3%28, %C3(", "%ED%A0%80, %ED%A0%80", "é, é"})
  void v25_whatCannotBeDecodedStays(String raw, String value) {
    assertThat(QueryString.parse("a=" + raw).first("a")).isEqualTo(value);
  }

  @Test
  void v26_namesIgnoreCaseAndListAsFirstSeen() {
    Query query = QueryString.parse("?B=1&a=2&b=3&A=4");

    assertThat(query.names()).containsExactly("B", "a");
    assertThat(query.values("b")).containsExactly("1", "3");
    assertThat(query.values("a")).containsExactly("2", "4");
    assertThat(query.first("missing")).isNull();
    assertThat(query.values("missing")).isEmpty();
  }

  @Test
  void v27_aParameterIsEscapedWithSpaceAsPercentTwenty() {
    assertThat(QueryString.of("a b", "å&=?/+").value()).isEqualTo("?a%20b=%C3%A5%26%3D%3F%2F%2B");
    assertThat(QueryString.of("a", null).value()).isEqualTo("?a=");
    assertThat(QueryString.of("", "v").value()).isEqualTo("?=v");
  }

  @Test
  void v27_addJoinsByAmpersand() {
    QueryString query = QueryString.of("a", "1").add("b", "2");

    assertThat(query).hasToString("?a=1&b=2");
    assertThat(query.add(QueryString.of("c", "3")).value()).isEqualTo("?a=1&b=2&c=3");
  }

  @Test
  void v27_addingToNothingGivesTheOther() {
    QueryString other = QueryString.of("a", "1");

    assertThat(QueryString.EMPTY.add(other)).isSameAs(other);
    assertThat(new QueryString("?").add(other)).isSameAs(other);
    assertThat(other.add(QueryString.EMPTY)).isSameAs(other);
    assertThat(other.add(new QueryString("?"))).isSameAs(other);
    assertThat(other.hasValue()).isTrue();
    assertThat(QueryString.EMPTY.hasValue()).isFalse();
  }

  @Test
  void v27_aMapGivesAllItsValues() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("a", List.of("1", "2"));
    parameters.put("b", List.of(""));
    parameters.put("none", List.of());

    assertThat(QueryString.of(parameters).value()).isEqualTo("?a=1&a=2&b=");
    assertThat(QueryString.of(Map.of())).isEqualTo(QueryString.EMPTY);
  }

  @Test
  void c6_aQueryWithoutQuestionMarkIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new QueryString("a=1"));
    assertThatNullPointerException().isThrownBy(() -> new QueryString(null));
  }

  /** V25, V27: what is written is read back. */
  @Test
  void v27_whatIsWrittenIsReadBack() {
    Random random = new Random(27);
    String alphabet = "ab=&+% ?#;é我/";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder name = new StringBuilder("n");
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Query query = QueryString.parse(QueryString.of(name.toString(), value.toString()).value());
      assertThat(query.first(name.toString())).isEqualTo(value.toString());
    }
  }
}
