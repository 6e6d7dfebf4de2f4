package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HtmlTest {

  @Test
  void textIsEscaped() {
    assertThat(new Html().text("<a href=\"x\">'&'</a>").toString())
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  }

  @Test
  void controlCharactersShowAsTheirPictures() {
    assertThat(new Html().text("a\u0000b\r\nc\u007f").toString()).isEqualTo("a␀b␍␊c␡");
  }

  @Test
  void otherCharactersStay() {
    assertThat(new Html().text("å 我 😀").toString()).isEqualTo("å 我 😀");
  }

  @Test
  void aMissingTextIsNothing() {
    assertThat(new Html().text(null).toString()).isEmpty();
  }

  @Test
  void aTableEscapesNamesAndValues() {
    assertThat(new Html().table("Caption", List.of(new Row("<n>", "<v>")), "none").toString())
        .contains("&lt;n&gt;", "&lt;v&gt;")
        .doesNotContain("<n>", "<v>", "none");
  }

  @Test
  void anEmptyTableIsASentence() {
    assertThat(new Html().table("Caption", List.of(), "none").toString())
        .isEqualTo("<p class=\"quiet\">none</p>\n");
  }
}
