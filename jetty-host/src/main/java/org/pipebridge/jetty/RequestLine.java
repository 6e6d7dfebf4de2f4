package org.pipebridge.jetty;

import java.nio.ByteBuffer;

/**
 * Checks a request line as it comes in, more strictly than Jetty's parser does (Q2).
 *
 * <pre>
 *   START --token--> METHOD --SP--> TARGET --SP--> VERSION --CR LF or LF--> DONE
 *   START --CR, LF--> START                        every other way: a fault
 * </pre>
 */
final class RequestLine {

  /** What {@link #scan} returns as long as nothing is wrong. */
  static final int FINE = 0;

  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int VERSION_NOT_SUPPORTED = 505;
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";
  private static final int VERSION_LENGTH = "HTTP/1.1".length();

  private enum State {
    START,
    METHOD,
    TARGET,
    VERSION,
    DONE
  }

  private final int maxBytes;
  private final byte[] version = new byte[VERSION_LENGTH];
  private State state = State.START;
  private int bytes;
  private int length;
  private boolean originForm = true;
  private boolean odd;
  private int hexDigits;
  private byte last;
  private int targetFrom = -1;
  private int targetTo = -1;
  private int end = -1;

  RequestLine(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Begins with the line of another request. */
  void reset() {
    state = State.START;
    bytes = 0;
    length = 0;
    originForm = true;
    odd = false;
    hexDigits = 0;
    last = 0;
  }

  /** Whether the target starts with "/", or its form is unknown. */
  boolean isOriginForm() {
    return originForm;
  }

  /**
   * Whether the target has something that Jetty may refuse: a "%" that is no escape, or a segment
   * that starts with a dot.
   */
  boolean isOdd() {
    return odd;
  }

  /** Where the target starts in the bytes scanned last, or -1 if that is not in them. */
  int targetFrom() {
    return targetFrom;
  }

  /** Where the target ends in the bytes scanned last, or -1 if that is not in them. */
  int targetTo() {
    return targetTo;
  }

  /** Where the line ends, after its LF, in the bytes scanned last, or -1 if that is not in them. */
  int end() {
    return end;
  }

  /** Looks at the bytes between two indexes; returns {@link #FINE} or the status of a fault. */
  int scan(ByteBuffer buffer, int from, int to) {
    targetFrom = -1;
    targetTo = -1;
    end = -1;
    for (int i = from; i < to && state != State.DONE; i++) {
      if (++bytes > maxBytes) {
        return URI_TOO_LONG;
      }
      State before = state;
      int status = next(buffer.get(i));
      if (status != FINE) {
        return status;
      }
      if (state != before) {
        enter(i);
      }
    }
    return FINE;
  }

  private void enter(int index) {
    switch (state) {
      case TARGET -> targetFrom = index + 1;
      case VERSION -> targetTo = index;
      case DONE -> end = index + 1;
      default -> {}
    }
  }

  private int next(byte b) {
    return switch (state) {
      case START -> b == '\r' || b == '\n' ? FINE : method(b);
      case METHOD -> method(b);
      case TARGET -> target(b);
      case VERSION -> version(b);
      case DONE -> FINE;
    };
  }

  private int method(byte b) {
    if (isToken(b)) {
      state = State.METHOD;
      return FINE;
    }
    if (b != ' ' || state == State.START) {
      return BAD_REQUEST;
    }
    state = State.TARGET;
    return FINE;
  }

  private int target(byte b) {
    if (b == ' ' && length > 0) {
      odd |= hexDigits > 0;
      state = State.VERSION;
      length = 0;
      return FINE;
    }
    if (length++ == 0) {
      originForm = b == '/';
    }
    look(b);
    return b >= 0 && b <= ' ' || b == 0x7F ? BAD_REQUEST : FINE;
  }

  private void look(byte b) {
    if (hexDigits > 0) {
      hexDigits--;
      odd |= Character.digit(b, 16) < 0;
      odd |= hexDigits == 1 && last == '/' && b == '2'; // %2E
      return;
    }
    odd |= b == '.' && last == '/';
    if (b == '%') {
      hexDigits = 2;
    } else {
      last = b;
    }
  }

  private int version(byte b) {
    if (b == '\n') {
      state = State.DONE;
      return length == VERSION_LENGTH ? checkVersion() : BAD_REQUEST;
    }
    if (b == '\r') {
      return FINE; // what follows is Jetty's to check
    }
    if (length == VERSION_LENGTH) {
      return BAD_REQUEST;
    }
    version[length++] = b;
    return FINE;
  }

  private int checkVersion() {
    boolean wellFormed =
        version[0] == 'H'
            && version[1] == 'T'
            && version[2] == 'T'
            && version[3] == 'P'
            && version[4] == '/'
            && isDigit(version[5])
            && version[6] == '.'
            && isDigit(version[7]);
    if (!wellFormed) {
      return BAD_REQUEST;
    }
    boolean one = version[5] == '1' && version[7] <= '1';
    boolean two = version[5] == '2' && version[7] == '0'; // HTTP/2 with prior knowledge begins so
    return one || two ? FINE : VERSION_NOT_SUPPORTED;
  }

  private static boolean isToken(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || isDigit(b)
        || TOKEN_PUNCTUATION.indexOf(b) >= 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
