package org.pipebridge.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pipebridge.feature.FormOptions;

/**
 * Finds the parts in {@code multipart} content that is pushed into it (RFC 2046, section 5.1.1).
 *
 * <pre>
 * PREAMBLE ─ delimiter ─▶ DELIMITED ─ line end ─▶ HEADERS ─ empty line ─▶ CONTENT
 *                          │     ▲                                          │
 *                     "--" │     └──────────────── delimiter ───────────────┘
 *                          ▼
 *                       EPILOGUE
 * </pre>
 *
 * <p>What cannot be judged before more has come is kept: at most the length of a delimiter, or the
 * headers of one part.
 */
final class MultipartScanner {

  /** What the parts are handed to. */
  interface Parts {

    /** A part begins. */
    void begin(PartHeaders headers) throws IOException;

    /** Content of the part came. */
    void content(byte[] bytes, int offset, int length) throws IOException;

    /** The part is complete. */
    void end() throws IOException;
  }

  private enum State {
    PREAMBLE,
    DELIMITED,
    HEADERS,
    CONTENT,
    EPILOGUE
  }

  private static final int INITIAL_WINDOW = 1024;
  private static final int LINE_END_LENGTH = 2;

  private final byte[] delimiter;
  private final FormOptions options;
  private final Parts parts;
  private State state = State.PREAMBLE;
  private byte[] window = new byte[INITIAL_WINDOW];
  private int start;
  private int end;
  private PartHeaders headers = new PartHeaders();
  private int headerBytes;
  private boolean padded;

  MultipartScanner(String boundary, FormOptions options, Parts parts) {
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
    this.options = options;
    this.parts = parts;
    append(delimiter, 0, LINE_END_LENGTH); // the first delimiter may lack its line end
  }

  void feed(byte[] bytes, int offset, int length) throws IOException {
    append(bytes, offset, length);
    while (start < end && step()) {
      // each step takes bytes from the window
    }
  }

  void finish() throws IOException {
    if (state != State.EPILOGUE) {
      throw FieldCollector.malformed("its final boundary is missing");
    }
  }

  private boolean step() throws IOException {
    return switch (state) {
      case PREAMBLE, CONTENT -> content();
      case DELIMITED -> delimited();
      case HEADERS -> header();
      case EPILOGUE -> {
        start = end;
        yield false;
      }
    };
  }

  /** Hands on what is certainly content; false if a delimiter may have begun at its end. */
  private boolean content() throws IOException {
    int at = start;
    int matched = 0;
    while (at < end) {
      if (window[at] != '\r') {
        at++;
        continue;
      }
      matched = match(at);
      if (matched == delimiter.length || at + matched == end) {
        break;
      }
      at += matched; // a delimiter has one '\r', its first byte: none begins in what matched
    }
    if (state == State.CONTENT && at > start) {
      parts.content(window, start, at - start);
    }
    start = at;
    if (at == end || matched < delimiter.length) {
      return false;
    }
    if (state == State.CONTENT) {
      parts.end();
    }
    start += delimiter.length;
    padded = false;
    state = State.DELIMITED;
    return true;
  }

  private int match(int at) {
    int length = Math.min(delimiter.length, end - at);
    int mismatch = Arrays.mismatch(window, at, at + length, delimiter, 0, length);
    return mismatch < 0 ? length : mismatch;
  }

  private boolean delimited() throws IOException {
    while (start < end && (window[start] == ' ' || window[start] == '\t')) {
      start++;
      padded = true;
    }
    if (end - start < 2) {
      return false;
    }
    if (window[start] == '-' && window[start + 1] == '-' && !padded) {
      state = State.EPILOGUE;
    } else if (window[start] == '\r' && window[start + 1] == '\n') {
      state = State.HEADERS;
      headers = new PartHeaders();
      headerBytes = 0;
    } else {
      throw FieldCollector.malformed("there is more than a boundary in its line");
    }
    start += 2;
    return true;
  }

  private boolean header() throws IOException {
    int at = start;
    while (at + 1 < end && (window[at] != '\r' || window[at + 1] != '\n')) {
      at++;
    }
    if (headerBytes + (at - start) > options.maxPartHeaderBytes()) {
      throw FieldCollector.tooLarge("the header of a part", options.maxPartHeaderBytes());
    }
    if (at + 1 >= end) {
      return false;
    }
    if (at == start) {
      return beginContent();
    }
    headers.received(window, start, at - start, options);
    headerBytes += at + LINE_END_LENGTH - start;
    start = at + LINE_END_LENGTH;
    return true;
  }

  /** The empty line's own end may begin the next delimiter, if the part has no content. */
  private boolean beginContent() throws IOException {
    int matched = match(start);
    if (matched < delimiter.length && start + matched == end) {
      return false;
    }
    parts.begin(headers);
    if (matched < delimiter.length) {
      start += LINE_END_LENGTH;
    }
    state = State.CONTENT;
    return true;
  }

  private void append(byte[] bytes, int offset, int length) {
    int kept = end - start;
    if (length > window.length - end) {
      byte[] target = kept + length > window.length ? new byte[2 * kept + length] : window;
      System.arraycopy(window, start, target, 0, kept);
      window = target;
      start = 0;
      end = kept;
    }
    System.arraycopy(bytes, offset, window, end, length);
    end += length;
  }
}
