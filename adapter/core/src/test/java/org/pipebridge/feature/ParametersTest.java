package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What queries, forms and cookies promise of names and values. */
final class ParametersTest {

  private final Map<String, List<String>> given = new LinkedHashMap<>();

  @Test
  void v26_aQuerysNamesIgnoreCaseAndKeepTheirOrder() {
    given.put("b", List.of("1", "2"));
    given.put("A", new ArrayList<>(List.of("3")));
    given.put("B", List.of("4"));
    given.put("none", List.of());
    Query query = Query.of(given);
    given.get("A").add("later");

    assertThat(query.names()).containsExactly("b", "A");
    assertThat(query.values("B")).containsExactly("1", "2", "4");
    assertThat(query.first("a")).isEqualTo("3");
    assertThat(query.values("a")).containsExactly("3");
    assertThat(query.first("none")).isNull();
    assertThat(query.values("x")).isEmpty();
    List<String> all = new ArrayList<>();
    query.forEach((name, value) -> all.add(name + "=" + value));
    assertThat(all).containsExactly("b=1", "b=2", "b=4", "A=3");
  }

  @Test
  void v26_whatAQueryHandsOutIsUnmodifiable() {
    given.put("a", List.of("1"));
    Query query = Query.of(given);

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> query.values("a").add("x"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> query.names().clear());
    assertThat(Query.of(Map.of())).isSameAs(Query.EMPTY);
    assertThatNullPointerException().isThrownBy(() -> Query.of(null));
  }

  @Test
  void v26_aFewNamesAndManyAreFoundAlike() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pairs.addAll(List.of("Name" + i, "first"));
      pairs.addAll(List.of("nAME" + i, "second"));
      Query query = Query.ofPairs(pairs);

      assertThat(query.first("name" + i)).isEqualTo("first");
      assertThat(query.values("NAME" + i)).containsExactly("first", "second");
      assertThat(query.first("name" + (i + 1))).isNull();
      assertThat(query.names()).hasSize(i + 1).endsWith("Name" + i);
    }
    assertThat(Query.ofPairs(List.of())).isSameAs(Query.EMPTY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Query.ofPairs(List.of("name")))
        .withMessageContaining("1");
    assertThatNullPointerException().isThrownBy(() -> Query.EMPTY.first(null));
  }

  @Test
  void v42_aFormsNamesIgnoreCaseAndKeepTheirOrder() {
    given.put("b", List.of("1"));
    given.put("B", List.of("2"));
    Form form = Form.of(given, List.of());

    assertThat(form.names()).containsExactly("b");
    assertThat(form.values("B")).containsExactly("1", "2");
    assertThat(form.first("c")).isNull();
    assertThat(form.file("b")).isNull();
    assertThat(form.files()).isEmpty();
    List<String> all = new ArrayList<>();
    form.forEach((name, value) -> all.add(name + "=" + value));
    assertThat(all).containsExactly("b=1", "b=2");
  }

  @Test
  void v30_cookiesAreExactInCaseAndUnmodifiable() {
    Map<String, String> values = new LinkedHashMap<>(Map.of("a", "1"));
    RequestCookies cookies = RequestCookies.of(values);
    values.put("b", "2");

    assertThat(cookies.get("a")).isEqualTo("1");
    assertThat(cookies.get("A")).isNull();
    assertThat(cookies.names()).containsExactly("a");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> cookies.asMap().clear());
    assertThatNullPointerException().isThrownBy(() -> cookies.get(null));
  }
}
