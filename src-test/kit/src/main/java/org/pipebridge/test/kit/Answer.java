package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whole answer, or as much as came of it, with the checks that scenarios make most.
 *
 * @param head status and headers
 * @param body the content, decoded
 * @param framing how the end of the content was marked
 * @param chunks the size of each chunk, where it was chunked
 * @param trailers the trailer lines
 * @param killed whether it was broken off: fewer bytes than announced, no last chunk, or a reset
 * @param interim interim answers that came before it
 */
public record Answer(
    Head head,
    byte[] body,
    Framing framing,
    List<Integer> chunks,
    List<Field> trailers,
    boolean killed,
    List<Head> interim) {

  /** How a client knows where the content ends. */
  public enum Framing {
    /** There cannot be content: an answer to HEAD, or by its status. */
    NONE,
    /** By Content-Length. */
    LENGTH,
    /** By the last chunk. */
    CHUNKED,
    /** By the end of the connection. */
    CLOSE
  }

  /**
   * Returns the status code.
   *
   * @return the status
   */
  public int status() {
    return head.status();
  }

  /**
   * Returns the first value of a header.
   *
   * @param name the field's name, in any case
   * @return the value, or null if there is no such line
   */
  public @Nullable String header(String name) {
    return head.first(name);
  }

  /**
   * Returns the content as text.
   *
   * @return the content, read as UTF-8
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Checks the status.
   *
   * @param status the status expected
   * @return this
   */
  public Answer hasStatus(int status) {
    assertThat(status()).as("status").isEqualTo(status);
    return this;
  }

  /**
   * Checks that the message is whole and has this content.
   *
   * @param text the content expected
   * @return this
   */
  public Answer hasText(String text) {
    assertThat(text()).as("content").isEqualTo(text);
    return isWhole();
  }

  /**
   * Checks that a header has one line of this value.
   *
   * @param name the field's name
   * @param value the value expected
   * @return this
   */
  public Answer hasHeader(String name, String value) {
    if (name.equals("Connection")) { // made of tokens, in which case does not matter
      assertThat(head.values(name))
          .as("header " + name)
          .singleElement(STRING)
          .isEqualToIgnoringCase(value);
    } else {
      assertThat(head.values(name)).as("header " + name).containsExactly(value);
    }
    return this;
  }

  /**
   * Checks that there is no line of any of these names.
   *
   * @param names the fields' names
   * @return this
   */
  public Answer hasNo(String... names) {
    for (String name : names) {
      assertThat(head.values(name)).as("header " + name).isEmpty();
    }
    return this;
  }

  /**
   * Checks that the client can tell that the message is complete.
   *
   * @return this
   */
  public Answer isWhole() {
    assertThat(killed).as("broken off").isFalse();
    return this;
  }

  /**
   * Checks that the client can tell that the message is incomplete.
   *
   * @return this
   */
  public Answer isKilled() {
    assertThat(killed)
        .as("broken off (content so far: \"%s\", framing %s)", text(), framing)
        .isTrue();
    return this;
  }

  /**
   * Checks for an empty answer with Content-Length 0.
   *
   * @param status the status expected
   * @return this
   */
  public Answer isEmpty(int status) {
    hasStatus(status).hasText("").hasHeader("Content-Length", "0");
    return hasNo("Transfer-Encoding");
  }

  /**
   * Checks for the empty 500 of a failure: none of the application's headers, no error page.
   *
   * @return this
   */
  public Answer isEmpty500() {
    return isEmpty(500).hasNo("X-App", "Set-Cookie", "Content-Type", "Location");
  }
}
