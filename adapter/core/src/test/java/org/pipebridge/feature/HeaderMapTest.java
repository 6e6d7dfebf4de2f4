package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderMapTest {

  private final Headers headers = Headers.create();

  @Test
  void v1_namesIgnoreCaseAndListAsFirstStored() {
    headers.add("X-A", "1");
    headers.add("Other", "2");
    headers.add("x-a", "3");

    assertThat(headers.first("X-a")).isEqualTo("1");
    assertThat(headers.values("x-A")).containsExactly("1", "3");
    assertThat(headers.names()).containsExactly("X-A", "Other");
    assertThat(headers.contains("OTHER")).isTrue();
    assertThat(lines()).containsExactly("X-A: 1", "Other: 2", "x-a: 3");
  }

  @Test
  void v1_anAbsentNameIsNullOrEmpty() {
    assertThat(headers.first("X")).isNull();
    assertThat(headers.values("X")).isEmpty();
    assertThat(headers.contains("X")).isFalse();
    headers.remove("X");
    assertThat(headers.names()).isEmpty();
  }

  @Test
  void v1_onlyAsciiLettersAreEqualInAnotherCase() {
    headers.add("K", "1");

    assertThat(headers.first("\u212A")).isNull();
  }

  @Test
  void v1_whatIsHandedOutIsUnmodifiableAndAsAtTheCall() {
    headers.add("A", "1");
    List<String> one = headers.values("A");
    headers.add("A", "2");
    List<String> two = headers.values("A");
    headers.clear();

    assertThat(one).containsExactly("1");
    assertThat(two).containsExactly("1", "2");
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> one.add("x"));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> two.add("x"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> headers.names().clear());
  }

  @Test
  void v2_setReplacesAllValuesAndKeepsThePlace() {
    headers.add("A", "1");
    headers.add("B", "2");
    headers.add("a", "3");
    headers.add("C", "4");

    headers.set("a", "5");
    assertThat(lines()).containsExactly("A: 5", "B: 2", "C: 4");

    headers.set("B", List.of("6", "7"));
    assertThat(lines()).containsExactly("A: 5", "B: 6", "B: 7", "C: 4");
  }

  @Test
  void v2_anEmptyListRemovesAndAnEmptyTextIsAValue() {
    headers.set("A", "");
    headers.set("B", "1");
    headers.set("B", List.of());

    assertThat(headers.first("A")).isEmpty();
    assertThat(headers.contains("B")).isFalse();
    assertThat(lines()).containsExactly("A: ");
  }

  @Test
  void v2_nullIsRefusedAndChangesNothing() {
    headers.set("A", "1");

    assertThatNullPointerException().isThrownBy(() -> headers.set("A", (String) null));
    assertThatNullPointerException().isThrownBy(() -> headers.set("A", (List<String>) null));
    assertThatNullPointerException().isThrownBy(() -> headers.set("A", Arrays.asList("x", null)));
    assertThatNullPointerException().isThrownBy(() -> headers.add("A", null));
    assertThatNullPointerException().isThrownBy(() -> headers.add(null, "x"));
    assertThatNullPointerException().isThrownBy(() -> headers.first(null));
    assertThatNullPointerException().isThrownBy(() -> headers.remove(null));
    assertThat(lines()).containsExactly("A: 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a:", "a\r\n", "é", "a\0", "(x)", "a,b", "\"a\"", "\u007F"})
  void v3_aNameMustBeAToken(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> headers.set(name, "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> headers.add(name, "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> headers.set(name, List.of("1")));
    assertThat(headers.names()).isEmpty();
  }

  @Test
  void v3_everyTokenCharacterMayStandInAName() {
    String name = "aZ09!#$%&'*+-.^_`|~";
    headers.set(name, "1");

    assertThat(headers.names()).containsExactly(name);
  }

  @Test
  void v4_aValueHasVisibleAsciiSpaceAndTab() {
    for (char c = 0; c < 300; c++) {
      String value = "a" + c;
      if (c == '\t' || c >= ' ' && c <= '~') {
        headers.set("A", value);
        assertThat(headers.first("A")).isEqualTo(value);
      } else {
        assertThatIllegalArgumentException()
            .as("U+%04X", (int) c)
            .isThrownBy(() -> headers.set("A", value));
        assertThatIllegalArgumentException().isThrownBy(() -> headers.add("A", value));
      }
    }
  }

  @Test
  void v4_oneBadValueOfManyChangesNothing() {
    headers.set("A", "1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.set("A", List.of("2", "x\r\nInjected: 1")));

    assertThat(lines()).containsExactly("A: 1");
  }

  @Test
  void v5_valuesOfOneNameStaySeparateLines() {
    headers.add("Set-Cookie", "a=1, b");
    headers.add("Set-Cookie", "c=2");

    assertThat(lines()).containsExactly("Set-Cookie: a=1, b", "Set-Cookie: c=2");
  }

  @Test
  void v6_aGuardSeesEveryChangeBeforeItIsMade() {
    HeaderMap frozen =
        new HeaderMap() {
          @Override
          protected void beforeWrite() {
            throw new IllegalStateException("frozen");
          }
        };
    frozen.addReceived("A", "not checked: é");

    assertThatIllegalStateException().isThrownBy(() -> frozen.set("A", "1"));
    assertThatIllegalStateException().isThrownBy(() -> frozen.set("A", List.of("1")));
    assertThatIllegalStateException().isThrownBy(() -> frozen.set("A", List.of()));
    assertThatIllegalStateException().isThrownBy(() -> frozen.add("B", "1"));
    assertThatIllegalStateException().isThrownBy(() -> frozen.remove("A"));
    assertThatIllegalStateException().isThrownBy(frozen::clear);
    assertThatIllegalStateException().isThrownBy(() -> frozen.setContentLength(1));
    assertThatIllegalStateException().isThrownBy(frozen::removeContentLength);
    assertThatIllegalStateException().isThrownBy(() -> frozen.appendCommaSeparated("B", "1"));
    assertThat(frozen.values("A")).containsExactly("not checked: é");
  }

  @Test
  void c12_aGuardSeesEveryLook() {
    HeaderMap over =
        new HeaderMap() {
          @Override
          protected void beforeRead() {
            throw new IllegalStateException("over");
          }
        };

    assertThatIllegalStateException().isThrownBy(() -> over.first("A"));
    assertThatIllegalStateException().isThrownBy(() -> over.values("A"));
    assertThatIllegalStateException().isThrownBy(() -> over.contains("A"));
    assertThatIllegalStateException().isThrownBy(over::names);
    assertThatIllegalStateException().isThrownBy(() -> over.forEach((name, value) -> {}));
    assertThatIllegalStateException().isThrownBy(over::contentLength);
    assertThatIllegalStateException().isThrownBy(() -> over.commaSeparated("A"));
  }

  @Test
  void v7_appendingJoinsIntoOneValueAndQuotesCommas() {
    headers.appendCommaSeparated("A", "x", "a, b", "say \"hi\", ok");
    headers.appendCommaSeparated("A", "\"q,q\"");

    assertThat(headers.values("A")).containsExactly("x, \"a, b\", \"say \\\"hi\\\", ok\", \"q,q\"");
    assertThat(headers.commaSeparated("a")).containsExactly("x", "a, b", "say \"hi\", ok", "q,q");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      nullValues = "-",
      value = {
        "a,b | a;b",
        " a ,\tb\t,, c | a;b;c",
        "\"a,b\",c | a,b;c",
        "\"a\\\",b\", c | a\",b;c",
        "\"\", a | a",
        "\"open, a | \"open, a",
        "W/\"x,y\", \"z\" | W/\"x,y\";z",
        ", | -",
      })
  void v7_aListIsSplitOutsideQuotes(String value, String elements) {
    headers.set("A", value);

    assertThat(headers.commaSeparated("A"))
        .isEqualTo(elements == null ? List.of() : List.of(elements.split(";")));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5", "' 7\t', 7", "9223372036854775807, 9223372036854775807", "007, 7"})
  void v8_contentLengthIsANumber(String text, long length) {
    headers.set("content-length", text);

    assertThat(headers.contentLength()).hasValue(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "+1", "1.0", "0x1", "9223372036854775808", "1 1", "1,1"})
  void v8_anythingElseIsNoLength(String text) {
    headers.set("Content-Length", text);

    assertThat(headers.contentLength()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void v8_theLastLengthCountsWhicheverFormItHas() {
    headers.set("content-length", "7");
    headers.setContentLength(12);
    assertThat(headers.contentLength()).hasValue(12);
    assertThat(lines()).containsExactly("content-length: 12");

    headers.setContentLength(13);
    assertThat(headers.first("Content-Length")).isEqualTo("13");

    headers.set("Content-Length", "14");
    assertThat(headers.contentLength()).hasValue(14);
  }

  @Test
  void v8_bothFormsAgree() {
    headers.setContentLength(12);
    assertThat(headers.values("Content-Length")).containsExactly("12");

    headers.add("Content-Length", "12");
    assertThat(headers.contentLength()).isEmpty();

    headers.removeContentLength();
    assertThat(headers.contains("Content-Length")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.setContentLength(-1))
        .withMessageContaining("-1");
  }

  /** V1, V2: many random changes, against a plain model. */
  @Test
  void v2_randomChangesAreThoseOfAPlainModel() {
    Random random = new Random(2);
    List<String[]> model = new ArrayList<>();
    String[] names = {"A", "a", "Bb", "bB", "C", "Set-Cookie"};
    for (int i = 0; i < 50_000; i++) {
      String name = names[random.nextInt(names.length)];
      String value = Integer.toString(i);
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          headers.add(name, value);
          model.add(new String[] {name, value});
        }
        case 3 -> {
          headers.set(name, value);
          replace(model, name, List.of(value));
        }
        case 4 -> {
          List<String> values = List.of(value, "x", "y").subList(0, random.nextInt(4));
          headers.set(name, values);
          replace(model, name, values);
        }
        default -> {
          headers.remove(name);
          replace(model, name, List.of());
        }
      }
      if (model.size() > 40) {
        headers.clear();
        model.clear();
      }
      assertThat(lines()).isEqualTo(model.stream().map(l -> l[0] + ": " + l[1]).toList());
    }
    Map<String, String> firsts = new LinkedHashMap<>();
    model.forEach(line -> firsts.putIfAbsent(line[0].toLowerCase(Locale.ROOT), line[1]));
    firsts.forEach((name, value) -> assertThat(headers.first(name)).isEqualTo(value));
  }

  private static void replace(List<String[]> model, String name, List<String> values) {
    int at = -1;
    String stored = name;
    for (int i = 0; i < model.size(); i++) {
      if (model.get(i)[0].equalsIgnoreCase(name)) {
        if (at < 0) {
          at = i;
          stored = model.get(i)[0];
        }
        model.remove(i--);
      }
    }
    int place = at < 0 ? model.size() : at;
    for (String value : values) {
      model.add(place++, new String[] {stored, value});
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }
}
