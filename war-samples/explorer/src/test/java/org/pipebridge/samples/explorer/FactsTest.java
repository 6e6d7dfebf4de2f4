package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FactsTest {

  @Test
  void rowsBecomeAnObjectOfTextsInTheirOrder() {
    assertThat(Facts.json(List.of(new Row("b", "1"), new Row("a", "å 我"))))
        .isEqualTo("{\"b\":\"1\",\"a\":\"å 我\"}");
    assertThat(Facts.json(List.of())).isEqualTo("{}");
  }

  @Test
  void whatWouldEndATextIsEscaped() {
    assertThat(Facts.json(List.of(new Row("\"", "\\ \n\r\u0000 \ud83d \ud83d\ude00"))))
        .isEqualTo("{\"\\\"\":\"\\\\ \\u000a\\u000d\\u0000 \\ud83d \\ud83d\\ude00\"}");
  }

  @Test
  void timesAreMilliseconds() {
    assertThat(Facts.millis(1_234_567)).isEqualTo("1.23 ms");
  }
}
